"""A plain wish for no more offers is told from a question about offers."""

import pytest

from actions.understanding.opting_out import wants_no_offers


@pytest.mark.parametrize(
    "text",
    [
        "nein danke keine weiteren vorschläge",
        "keine Werbung bitte",
        "bitte keine Zusatzangebote mehr",
        "keine empfehlungen",
        "hör auf mit den Angeboten",
        "hören Sie bitte auf, mir etwas vorzuschlagen",
        "könnt ihr mit den Vorschlägen aufhören?",
        "no offers anymore",
        "no thanks, no more recommendations",
        "I don't want any offers",
        "can you stop suggesting things?",
        "please stop with the ads",
        "don't recommend anything else",
    ],
)
def test_no_more_offers_is_read(text: str) -> None:
    assert wants_no_offers(text)


@pytest.mark.parametrize(
    "text",
    [
        "habt ihr keine Angebote?",
        "keine Angebote im Moment?",
        "warum gibt es keine Empfehlungen",
        "do you have no offers?",
        "there are no recommendations for this one",
        "keine Zusatzkosten bitte",
        "nein danke",
        "what do you suggest?",
        "any more suggestions",
    ],
)
def test_other_words_about_offers_are_not(text: str) -> None:
    assert not wants_no_offers(text)
