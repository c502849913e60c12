"""A shopper who says "not" is not served against the wish; one who only uses the word is not held up."""

import pytest

from bot.engine.negation import REFUSABLE, is_refused

REFUSED = [
    ("leg das nicht in den warenkorb", "add_to_cart"),
    ("Bitte legen Sie den Helm NICHT in den Warenkorb", "add_to_cart"),
    ("pack das lieber doch nicht ein", "add_to_cart"),
    ("in den Korb? nein, das will ich nicht im Korb haben", "add_to_cart"),
    ("leg nichts in den korb", "add_to_cart"),
    ("do not add it to my cart", "add_to_cart"),
    ("please don't put that in my basket", "add_to_cart"),
    ("dont add the helmet", "add_to_cart"),
    ("never add things to my cart without asking", "add_to_cart"),
    ("das nehme ich nicht", "purchase_intent"),
    ("ich will keinen Helm kaufen", "purchase_intent"),
    ("ich möchte es doch nicht kaufen", "purchase_intent"),
    ("den kaufe ich nie im Leben", "purchase_intent"),
    ("I won't take it", "purchase_intent"),
    ("I don't want to buy it", "purchase_intent"),
    ("i'm not buying this", "purchase_intent"),
    ("noch nicht zur kasse", "checkout"),
    ("ich will jetzt noch nicht bezahlen", "checkout"),
    ("I am not ready to check out", "checkout"),
    ("don't place the order yet", "checkout"),
    ("zeig mir alles ohne zu bestellen", "checkout"),
    ("show me the total without ordering", "checkout"),
    ("nicht stornieren", "cancel_order"),
    ("bitte die Bestellung nicht stornieren", "cancel_order"),
    ("storniere das bitte nicht", "cancel_order"),
    ("do not cancel my order", "cancel_order"),
    ("I never asked you to cancel", "cancel_order"),
    ("ich will meine daten nicht löschen", "erase_data"),
    ("lösch meine daten bitte nicht", "erase_data"),
    ("please don't delete my account", "erase_data"),
    ("ich will nicht mit einem menschen sprechen", "human_handoff"),
    ("keinen Mitarbeiter bitte", "human_handoff"),
    ("I don't want to talk to an agent", "human_handoff"),
    ("no human please", "human_handoff"),
    ("den Helm bitte nicht entfernen", "remove_from_cart"),
    ("don't remove it", "remove_from_cart"),
    ("die Menge bitte nicht ändern", "change_quantity"),
    ("don't change the quantity", "change_quantity"),
    ("ich stimme nicht zu", "give_consent"),
    ("damit bin ich nicht einverstanden", "give_consent"),
    ("I do not agree", "give_consent"),
    ("schick mir meine daten nicht", "export_data"),
    ("die Angebote bitte nicht abstellen", "stop_offers"),
    ("don't stop the offers", "stop_offers"),
    ("bitte nicht abbestellen", "stop_offers"),
    ("please do not unsubscribe me", "stop_offers"),
    ("ich möchte die Einwilligung nicht widerrufen", "withdraw_consent"),
    ("I don't want to withdraw my consent", "withdraw_consent"),
    ("das ist mir nicht zu teuer", "object_price"),
    ("gar nicht teuer", "object_price"),
    ("that's not too expensive", "object_price"),
    ("it isn't that expensive", "object_price"),
]

MEANT = [
    ("leg das in den warenkorb", "add_to_cart"),
    ("nein, leg das in den warenkorb", "add_to_cart"),
    ("no, add it to my cart", "add_to_cart"),
    ("no problem, add it", "add_to_cart"),
    ("nicht schlecht, pack ein", "add_to_cart"),
    ("bitte nicht vergessen, das in den warenkorb zu legen", "add_to_cart"),
    ("don't forget to add it to my cart", "add_to_cart"),
    ("nicht nur den helm, auch das schloss in den warenkorb", "add_to_cart"),
    ("kannst du das nicht einfach in den warenkorb legen", "add_to_cart"),
    ("nicht das rote, sondern das blaue in den warenkorb", "add_to_cart"),
    ("not the red one but the blue one, add it", "add_to_cart"),
    ("warum nicht, nehme ich", "purchase_intent"),
    ("why not, I'll take it", "purchase_intent"),
    ("ist ja nicht zu teuer, kaufe ich", "purchase_intent"),
    ("not bad, I'll buy it", "purchase_intent"),
    ("das nehme ich, aber kein Zubehör", "purchase_intent"),
    ("I'll take it without the lock", "purchase_intent"),
    ("ich nehme das Rad ohne Korb", "purchase_intent"),
    ("I can't wait to buy it", "purchase_intent"),
    ("kein Problem, das nehme ich", "purchase_intent"),
    ("zur kasse, ich brauche sonst nichts", "checkout"),
    ("nothing else, check out please", "checkout"),
    ("der warenkorb geht nicht auf, ich will bezahlen", "checkout"),
    ("ich brauche das nicht mehr, bitte stornieren", "cancel_order"),
    ("I don't need it any more, please cancel", "cancel_order"),
    ("kann ich das nicht stornieren?", "cancel_order"),
    ("warum kann ich nicht stornieren", "cancel_order"),
    ("ich kann meine bestellung nicht stornieren", "cancel_order"),
    ("ich will nicht, dass ihr meine daten speichert", "erase_data"),
    ("delete my data, I never agreed to this", "erase_data"),
    ("ich will nicht mit einem bot reden, sondern mit einem menschen", "human_handoff"),
    ("ich möchte keinen automaten, einen menschen bitte", "human_handoff"),
    ("ist da kein mensch?", "human_handoff"),
    ("isn't there a human I can talk to", "human_handoff"),
    ("why can't I talk to a person", "human_handoff"),
    ("der Helm passt nicht, bitte entfernen", "remove_from_cart"),
    ("ich will den Helm nicht mehr", "remove_from_cart"),
    ("I no longer want the helmet, remove it", "remove_from_cart"),
    ("nicht zwei sondern drei", "change_quantity"),
    ("keine werbung bitte", "stop_offers"),
    ("ich will keine Angebote mehr", "stop_offers"),
    ("no more offers", "stop_offers"),
    ("don't send me offers", "stop_offers"),
    ("stop, no more recommendations please", "stop_offers"),
    ("ich möchte nicht mehr, dass Sie mein Verhalten auswerten", "withdraw_consent"),
    ("I revoke my consent, don't track me", "withdraw_consent"),
    ("das kann ich mir nicht leisten, zu teuer", "object_price"),
    ("zu teuer, so viel will ich nicht ausgeben", "object_price"),
    ("I can't afford that", "object_price"),
    ("that's not in my budget", "object_price"),
    ("das ist es mir nicht wert", "object_price"),
]


@pytest.mark.parametrize(("line", "intent"), REFUSED)
def test_a_refused_deed_is_recognised(line: str, intent: str) -> None:
    assert is_refused(line, intent)


@pytest.mark.parametrize(("line", "intent"), MEANT)
def test_a_wish_with_a_harmless_no_in_it_stays_a_wish(line: str, intent: str) -> None:
    assert not is_refused(line, intent)


def test_only_consequential_intents_can_be_refused() -> None:
    assert not is_refused("das ist nicht schön", "greet")
    assert set(REFUSABLE) == {
        "purchase_intent", "add_to_cart", "checkout", "cancel_order", "erase_data", "export_data", "human_handoff",
        "stop_offers", "give_consent", "withdraw_consent", "remove_from_cart", "object_price", "change_quantity",
    }  # fmt: skip


def test_a_typographic_apostrophe_refuses_like_a_typed_one() -> None:
    assert is_refused("don’t add it", "add_to_cart")
