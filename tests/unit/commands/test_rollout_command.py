"""`tresen rollout`: decide in silence, speak to some, speak to all."""

import pytest

OFFER = ("offer", "--cart", "LAPTOP-BASIC", "--kind", "cross")


def test_in_the_shadow_everything_is_decided_and_nothing_offered(electronics) -> None:
    before = electronics.asked(*OFFER)
    said = electronics("rollout", "shadow")
    after = electronics.asked(*OFFER)
    assert said.out.splitlines()[0] == "Shadow: decides and writes down, offers nothing unasked."
    assert after["offers"] == []
    held_back = {each["sku"] for each in after["withheld"] if each["reason"] == "rollout"}
    assert held_back == {each["sku"] for each in before["offers"]}
    assert electronics("rollout", "full").out.splitlines()[0] == "Full: everybody gets unasked offers."
    assert electronics.asked(*OFFER)["offers"] == before["offers"]


def test_a_canary_names_its_share_and_without_a_step_nothing_changes(electronics) -> None:
    assert electronics.asked("rollout", "canary=10%")["rollout"] == 0.1
    first = electronics("rollout", "--lang", "de").out.splitlines()[0]
    assert first == "Probelauf: 10 % der Kundschaft bekommen ungefragte Angebote."
    assert electronics.asked("rollout")["rollout"] == 0.1
    assert electronics.asked("policy", "show")["rollout"] == 0.1


@pytest.mark.parametrize("step", ["shade", "canary", "full=10%", "0.1"])
def test_a_step_that_is_none_changes_nothing(electronics, step: str) -> None:
    said = electronics("rollout", step)
    assert (said.code, "canary=10%" in said.err) == (2, True)
    assert electronics.asked("rollout")["rollout"] == 1.0


@pytest.mark.parametrize("share", ["110%", "-1", "ten"])
def test_a_share_that_cannot_be_is_refused(electronics, share: str) -> None:
    said = electronics("rollout", f"canary={share}")
    assert (said.code, "rollout cannot be" in said.err) == (1, True)
    assert electronics.asked("rollout")["rollout"] == 1.0
