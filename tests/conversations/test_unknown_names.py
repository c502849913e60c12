"""What the shop does not carry is said, whatever else the line names; ordinary words are no product names."""

from tests.conversations.shopper import Shopper


def test_an_unknown_make_is_named_before_what_the_shop_has_of_the_kind(shopper: Shopper) -> None:
    shopper.says("habt ihr canyon bikes?", "search_product", unheard="canyon")
    assert shopper.text.startswith("Zu „canyon“ habe ich leider nichts.")
    assert len(shopper.cards) == 3


def test_an_ordinary_word_is_no_product_that_is_missing(shopper: Shopper) -> None:
    shopper.says("habt ihr verkehrssichere bikes?", "search_product")
    assert "leider nichts" not in shopper.text
    assert len(shopper.cards) == 3


def test_a_make_alone_that_nobody_knows_is_said_to_be_missing(english_shopper: Shopper) -> None:
    english_shopper.says("is there anything by trek?", "nlu_fallback", unheard="trek")
    assert english_shopper.text == "I'm afraid we don't carry “trek”."


def test_a_purpose_nothing_is_made_for_does_not_hide_the_kind(english_shopper: Shopper) -> None:
    english_shopper.says("I'm looking for a road bike for long rides", "search_product")
    assert "Nothing of ours is made for that in particular" in english_shopper.text
    assert len(english_shopper.cards) == 3
    english_shopper.says("the second one", "choose_option")
    assert "size" in english_shopper.text


def test_a_line_with_a_question_and_a_wish_gets_both_answers_the_question_first(shopper: Shopper) -> None:
    shopper.says("ich brauche ein fahrrad für die arbeit, was kostet der versand?", "faq/shipping")
    assert shopper.text.index("4,90 €") < shopper.text.index("Das habe ich für Sie gefunden")
    assert len(shopper.cards) == 3


def test_a_question_about_shipping_a_bike_is_no_search(shopper: Shopper) -> None:
    shopper.says("was kostet der versand für ein fahrrad und wie lange dauert er?", "faq/shipping")
    assert shopper.cards == []


def test_what_nobody_sells_is_said_to_be_missing_beside_a_product_in_discussion(shopper: Shopper) -> None:
    shopper.says("ich brauche ein kettenschloss", "search_product")
    assert len(shopper.cards) == 1
    shopper.says("habt ihr waschmaschinen?", "ask_availability")
    assert "„waschmaschinen“ führen wir leider nicht." in shopper.text


def test_an_unknown_quality_is_asked_of_the_product_in_discussion(shopper: Shopper) -> None:
    shopper.says("ich brauche ein kettenschloss", "search_product")
    shopper.says("habt ihr das auch tiefgekühlt?", "ask_availability")
    assert "führen wir leider nicht" not in shopper.text
