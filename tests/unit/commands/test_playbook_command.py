"""`tresen playbook`: what staff says with which product is what the chat would say."""

from pathlib import Path
from shutil import copy

import pytest
import yaml

from actions.store.playbook import REJECTED, TOLD


@pytest.fixture
def fashion(tresen, filled):
    """A merchant who sells suits, and lawnmowers that men buy on the same day."""
    copy(filled("fashion"), tresen.home / "core.db")
    return tresen


def page(text: str, heading: str) -> str:
    """The lines under one product."""
    _, _, below = text.partition(f"### {heading}")
    assert below, heading
    return below.partition("\n#")[0]


def test_a_suit_comes_with_shirt_and_tie_and_never_with_a_lawnmower(fashion) -> None:
    said = fashion("playbook", "--lang", "de")
    assert said.code == 0
    suit = page(said.out, "Anzug Nadelfein Kontor, 299,00 €")
    assert "- **Dazu:** Hemd Nadelfein Schreibtisch, 49,90 €. Das bügelfreie Hemd" in suit
    assert "- **Dazu:** Krawatte" in suit
    assert (
        "- **Nicht:** Rasenmäher Halmweg Vierzig (oft mitgekauft, aber die Warengruppen hängen nicht zusammen"
        in suit
    )
    assert "**Dazu:** Rasenmäher" not in said.out


def test_the_steps_are_told_for_who_asks_and_for_whom_it_is_too_dear(fashion) -> None:
    suit = page(fashion("playbook", "--lang", "en").out, "Nadelfein Kontor suit, €299.00")
    assert "- **Asked for something better:** " in suit
    assert "(+€150.00)" in suit
    assert "- **If it is too dear:** " in suit


def test_what_cannot_be_sold_is_named_with_its_reason(fashion) -> None:
    suit = page(fashion("playbook").out, "Anzug Nadelfein Kontor, 299,00 €")
    assert "(nicht auf Lager)" in suit
    assert "(Einkaufspreis unbekannt)" in suit


def test_a_simulated_history_is_called_so(fashion) -> None:
    text = fashion("playbook", "--lang", "en").out
    assert "**The order history is simulated.**" in text
    assert "(simulated history)" in text


def test_a_changed_limit_changes_the_playbook(fashion) -> None:
    assert "bringen mindestens 1,00" in fashion("playbook").out
    fashion("policy", "set", "min_profit_cross=999999")
    assert "- **Dazu:**" not in fashion("playbook").out


def test_one_category_may_be_printed_into_a_file(fashion, tmp_path) -> None:
    said = fashion("playbook", "--category", "garden", "--limit", "1", "--output", tmp_path / "garden.md")
    assert (said.code, said.out) == (0, "")
    text = (tmp_path / "garden.md").read_text("utf-8")
    assert "## Rasenmäher" in text
    assert "Anzug Nadelfein" not in text.split("\n## ", 2)[2].split("**Nicht:**")[0]


def test_a_pair_nobody_decided_on_is_not_called_unfit(teashop) -> None:
    assert "- **Nicht:** Föhn (oft mitgekauft, aber die Warengruppen hängen nicht zusammen und niemand" in page(
        teashop("playbook").out, "Kanne, 29,00 €"
    )
    pot = page(teashop("playbook", "--lang", "en").out, "Pot, €29.00")
    assert "- **Not:** Hair dryer (often bought along, but the kinds of product are not related" in pot
    assert "nobody has approved it)" in pot


def test_a_category_nobody_sells_is_refused_with_those_there_are(teashop, tmp_path) -> None:
    said = teashop("playbook", "--category", "gibtsnicht", "--output", tmp_path / "page.md")
    assert (said.code, said.out) == (1, "")
    assert said.sentences == [
        "No product is in a category gibtsnicht. There are bathroom (with 1 category), food (with 1 category), "
        "kitchen (with 3 categories), light (with 1 category)."
    ]
    assert not (tmp_path / "page.md").exists()
    assert "Lampe" in teashop("playbook", "--category", "light").out


def test_a_folder_that_is_not_there_is_named(teashop, tmp_path) -> None:
    said = teashop("playbook", "--output", tmp_path / "nowhere" / "page.md")
    assert (said.code, said.sentences) == (1, [f"Not written: there is no folder {tmp_path / 'nowhere'}"])


def test_every_reason_has_words_in_both_languages() -> None:
    words = yaml.safe_load(Path("data/playbook/words.yml").read_text("utf-8"))
    told = {reason.value for reason in TOLD} | {REJECTED}
    assert [set(words[language]["reasons"]) for language in ("de", "en")] == [told, told]
