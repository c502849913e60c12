"""`tresen voice`: the interaction model a merchant pastes into Amazon's console."""

import pytest


@pytest.mark.parametrize(
    ("locale", "sample"), [("de-DE", "ich suche {query}"), ("en-GB", "i'm looking for {query}")]
)
def test_a_model_is_printed_as_one_document(tresen, locale: str, sample: str) -> None:
    said = tresen("voice", "model", "--locale", locale)
    assert (said.code, said.err) == (0, "")
    model = said.document["interactionModel"]["languageModel"]
    assert sample in next(intent["samples"] for intent in model["intents"] if intent["name"] == "SearchIntent")


def test_the_skill_is_called_as_the_merchant_says(tresen) -> None:
    said = tresen("voice", "model", "--locale", "de-DE", "--invocation", "Radhaus Berater")
    assert said.document["interactionModel"]["languageModel"]["invocationName"] == "radhaus berater"


@pytest.mark.parametrize("name", ["radhaus", "radhaus 24", "rad<haus> berater"])
def test_a_name_amazon_would_refuse_is_refused_here(tresen, name: str) -> None:
    said = tresen("voice", "model", "--invocation", name)
    assert said.code == 1
    assert len(said.sentences) == 1


def test_a_locale_the_skill_does_not_speak_is_wrong_use(tresen) -> None:
    assert tresen("voice", "model", "--locale", "fr-FR").code == 2
