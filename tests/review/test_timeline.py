"""One conversation: every turn with what lay behind it, faults marked, long ones read from their end."""

import html
import re
from datetime import timedelta

import pytest
from sqlalchemy import text

from actions.offers.decision import ReasonCode, Refusal
from actions.offers.situation import Stage
from actions.store import conversations, replies, staff
from actions.store.engine import writing
from actions.store.facts import bump_version, write_facts
from actions.store.staff import Role
from bot.transcripts import digesting
from tests.gateway.shop import HELMET
from tests.review.conftest import START, Room, said
from tests.review.talks import Said, decide, hand_over, hold, order

NAME = "c" * 32
XSS = '"><img src=x onerror=alert(1)><script>alert(2)</script>'


async def shown(room: Room, path: str = f"/c/{NAME}", role: Role = Role.VIEWER) -> str:
    answer = await (await room.as_(role)).get(path)
    assert answer.status_code == 200, answer.text
    return answer.text


async def test_a_turn_tells_how_it_was_understood_and_what_was_decided(room: Room) -> None:
    with writing(room.database) as connection:
        ids = hold(connection, NAME, Said("ja das nehm ich", intent="purchase_intent", confidence=0.91), at=START)
        withheld = [("LOCK-1", "margin"), ("LOCK-2", "margin"), ("OIL-1", "order_first")]
        decide(connection, NAME, ids[0], START, state="accepted", withheld=withheld)
    page = said(await shown(room))
    expected = (
        "ja das nehm ich",
        "Verstanden als purchase_intent 91 %",
        "Knapp dahinter greet 1 %",
        "Erkannte Angaben language = de",
        "Regel purchase_intent beantwortet durch action_search_products",
        "Dauer 37 ms",
        "Modell c9dc6fc30a9b",
        "Zusatz: angenommen Helm Fichte",
        "Oft zusammen gekauft: Damit fahren Sie sicher.",
        "In 212 von 950 Bestellungen zusammen gekauft (22 %; Lift 2,8) (simulierte Bestellhistorie)",
        "Ertrag 15,00 € · Als Erstes genannt mit einer Wahrscheinlichkeit von 100 %",
        "Besser: gears 24 statt 22",
        "Erfüllte Wünsche: colour, Preisgrenze",
        "Verdient zu wenig · 2 Produkte",
        "Erst die Bestellung: zum Hauptprodukt fehlte noch das Ja · 1 Produkt",
        "detail of LOCK-2",
    )
    assert [words for words in expected if words not in page] == []


async def test_what_is_behind_a_refusal_is_told_in_the_language_of_the_reader(room: Room) -> None:
    too_little = {"code": "profit", "profit": 62, "floor": 200, "currency": "EUR"}
    with writing(room.database) as connection:
        ids = hold(connection, NAME, Said("ja"), at=START)
        details = [too_little, {"code": "other_variant", "sku": HELMET}]
        decide(connection, NAME, ids[0], START, withheld=[("LOCK-1", "margin")], details=details)
        viewer = staff.named(connection, "viewer")
        assert viewer is not None
    page = said(await shown(room))
    assert "LOCK-1 · Zusatz · Ertrag 0,62 €, nötig 2,00 €, eine andere Variante von Helm Fichte" in page
    with writing(room.database) as connection:
        staff.set_language(connection, viewer.id, "en")
    english = said(await shown(room))
    assert "LOCK-1 · Cross-sell · profit €0.62, €2.00 needed, another variant of " in english
    assert "nötig" not in english


async def test_an_earlier_decision_keeps_its_english_words_marked_as_english(room: Room) -> None:
    with writing(room.database) as connection:
        ids = hold(connection, NAME, Said("ja"), at=START)
        decide(connection, NAME, ids[0], START, withheld=[("LOCK-1", "margin")])
    assert '<span lang="en"><bdi>detail of LOCK-1</bdi></span>' in await shown(room)


async def test_faults_orders_and_handoffs_are_marked(room: Room) -> None:
    with writing(room.database) as connection:
        hold(connection, NAME, Said("eins", error="engine_timeout"), Said("zwei", lost=True), at=START)
        order(connection, NAME, START, parcel="dead")
        reference = hand_over(connection, NAME, START, "complaint")
    room.clock.forward(minutes=5)
    page = said(await shown(room))
    assert "Fehler: engine_timeout." in page
    assert "Verloren: Diese Nachricht wurde nie beantwortet." in page
    assert "Bestellung 4711ccc über 653,90 €: vom Shop angenommen; Zustellung aufgegeben , 2 Versuche" in page
    assert "shop closed" in page
    assert f"{reference} · complaint" in page


async def test_what_changed_in_a_turn_is_told_from_one_answer_to_the_next(room: Room) -> None:
    with writing(room.database) as connection:
        hold(connection, NAME, Said("eins"), Said("zwei"), at=START)
        bought = '{"messages": [], "stage": "intent", "cart": {"lines": [{"sku": "HELM", "quantity": 2}]}}'
        connection.execute(
            text("UPDATE messages SET reply = :reply WHERE position = 1"), {"reply": bought.encode()}
        )
    page = said(await shown(room))
    assert "Stand: stöbert → will kaufen" in page
    assert "Warenkorb: 0 × HELM → 2 × HELM" in page


async def test_what_an_answer_changed_of_what_is_remembered_stands_with_its_turn(room: Room) -> None:
    changed = [["category", "", "bikes/mountain"], ["max_price", "900.00", "1000.00"], ["opted_out", "✓", ""]]
    with writing(room.database) as connection:
        ids = hold(connection, NAME, Said("doch bis 1000"), Said(), at=START)
        replies.store(connection, NAME, ids[0], "action_refine_search", [], START, changes=changed)
    page = said(await shown(room))
    for told in ("Gesucht: – → bikes/mountain", "Höchstens: 900.00 → 1000.00", "Will keine Angebote: ✓ → –"):
        assert page.count(told) == 1, told


async def test_a_long_conversation_is_read_from_its_end_and_further_back_on_demand(room: Room) -> None:
    with writing(room.database) as connection:
        hold(connection, NAME, *(Said(f"zeile {number}", answer="gut") for number in range(120)), at=START)
    browser = await room.as_(Role.VIEWER)
    address, seen, partial = f"/c/{NAME}", [], {}
    while address:
        page = (await browser.get(address, headers=partial)).text
        seen.append([int(number) for number in re.findall(r"<bdi>zeile (\d+)</bdi>", page)])
        assert ("<html" in page) == (not partial)
        found = re.search(r'href="/console(/c/[^"#]+before=\d+)"', page)
        address, partial = html.unescape(found[1]) if found else "", {"HX-Request": "true"}
    assert seen == [list(range(70, 120)), list(range(20, 70)), list(range(20))]


@pytest.mark.parametrize(
    ("path", "status"),
    [("/c/nobody", 404), (f"/c/{NAME}?before=x", 400), (f"/c/{NAME}?before=-1", 400), (f"/c/{NAME}?before=²", 400)],
)
async def test_what_is_not_there_is_said(room: Room, path: str, status: int) -> None:
    assert (await (await room.as_(Role.VIEWER)).get(path)).status_code == status


async def test_an_erased_text_and_an_empty_chat_can_still_be_opened(room: Room) -> None:
    with writing(room.database) as connection:
        hold(connection, NAME, Said("geheim"), at=START)
    digesting.rebuild(room.database, room.clock())
    with writing(room.database) as connection:
        conversations.erase_content(connection, NAME)
    page = await shown(room)
    assert "geheim" not in page
    assert "Der Text wurde gelöscht" in page


async def test_personal_data_is_hidden_wherever_words_are_shown_and_the_shops_contact_is_none(room: Room) -> None:
    ours = "+49 30 23125 014, hallo@shop.test"
    with writing(room.database) as connection:
        write_facts(connection, {"contact": {"phone": "+49 30 23125 014", "email": "hallo@shop.test"}})
        bump_version(connection)
        said = (
            Said("ich bin kim@shop.test", answer="Danke, kim@shop.test!"),
            Said("hallo@shop.test?", answer=ours),
        )
        hold(connection, NAME, *said, at=START)
    digesting.rebuild(room.database, room.clock())
    for path in ("/", f"/c/{NAME}"):
        page = await shown(room, path)
        assert "kim@shop.test" not in page
        assert "[E-Mail]" in page
    assert f"<bdi>{ours}</bdi>" in html.unescape(page)
    assert "<bdi>hallo@shop.test?</bdi>" in page


async def test_whatever_stands_in_the_record_is_shown_as_text(room: Room) -> None:
    with writing(room.database) as connection:
        ids = hold(
            connection,
            NAME,
            Said(
                XSS,
                answer=XSS,
                intent=XSS,
                action=XSS,
                more=[
                    {"type": "product_cards", "cards": [{"sku": XSS, "title": XSS, "price": {"text": XSS}}]},
                    {"type": "choices", "choices": [{"title": XSS, "payload": XSS}]},
                    {"type": "handoff", "reference": XSS},
                ],
            ),
            Said(XSS, button={"intent": XSS, "entities": {XSS: XSS}}),
            Said("x", error=XSS),
            at=START,
        )
        decide(connection, NAME, ids[0], START, skus=(HELMET, XSS[:80]), withheld=[(XSS[:80], XSS)])
        connection.execute(text("UPDATE products SET title_de = :x WHERE sku = :sku"), {"x": XSS, "sku": HELMET})
        connection.execute(text("UPDATE offers SET reason = json_set(reason, '$.benefit.de', :x)"), {"x": XSS})
        connection.execute(text("UPDATE offer_decisions SET hesitation = :x, policy_version = :x"), {"x": XSS})
        order(connection, NAME, START)
        connection.execute(text("UPDATE outbox SET error = :x"), {"x": XSS})
        hand_over(connection, NAME, START, XSS[:40])
        admin = staff.named(connection, "viewer")
        assert admin is not None
        connection.execute(staff.staff.update().values(shown_as=XSS))
    digesting.rebuild(room.database, room.clock())
    for path in ("/", "/filters", f"/c/{NAME}"):
        page = await shown(room, path)
        assert "<img" not in page, path
        assert "<script>alert" not in page, path
        assert "onerror=alert(1)&gt;" in page, path


def test_every_code_of_the_record_has_words_in_both_languages(room: Room) -> None:
    texts = room.console.rendering.texts
    for label in (
        *(f"refusal_{each.value}" for each in Refusal),
        *(f"reason_{each.value}" for each in ReasonCode),
        *(f"stage_{each.value}" for each in Stage),
        *(f"order_{state}" for state in ("pending", "placed", "failed", "cancel_asked", "cancelled")),
        *(f"parcel_{state}" for state in ("waiting", "going", "sent", "dead", "withdrawn")),
        *(f"consent_{state}" for state in ("none", "service", "personalised")),
    ):
        assert label in texts
    for label, both in texts.items():
        assert set(both) == {"de", "en"}, label
        assert set(re.findall(r"\{(\w+)\}", both["de"])) == set(re.findall(r"\{(\w+)\}", both["en"])), label


async def test_both_languages_render_every_page(room: Room) -> None:
    with writing(room.database) as connection:
        ids = hold(connection, NAME, Said("hello"), at=START, language="en")
        decide(connection, NAME, ids[0], START + timedelta(seconds=1))
        viewer = staff.named(connection, "viewer")
        assert viewer is not None
        staff.set_language(connection, viewer.id, "en")
    digesting.rebuild(room.database, room.clock())
    assert "Left without a cart" in await shown(room, "/")
    assert "Often bought together" in await shown(room)
