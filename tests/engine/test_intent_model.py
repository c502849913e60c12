"""The intent model tells shop intents apart, the same after saving, and without the encoder too."""

from pathlib import Path

import numpy as np
import pytest

from bot.engine.embedding import WIDTH, Embedder
from bot.engine.grams import GramIndex, GramShape, char_grams, word_grams
from bot.engine.intent_model import IntentModel
from bot.engine.text_model import Recipe

LINES = [
    ("leg das in den warenkorb", "add_to_cart"),
    ("pack das in den warenkorb bitte", "add_to_cart"),
    ("in den warenkorb damit", "add_to_cart"),
    ("erzähl einen witz", "chitchat/joke"),
    ("kennst du einen witz", "chitchat/joke"),
    ("mach mal einen witz", "chitchat/joke"),
    ("wie geht es dir", "chitchat/how_are_you"),
    ("na wie gehts dir heute", "chitchat/how_are_you"),
    ("wie geht es ihnen", "chitchat/how_are_you"),
    ("was kostet der versand", "faq/shipping"),
    ("wie lange dauert der versand", "faq/shipping"),
    ("versand nach österreich", "faq/shipping"),
]


class CountingEncoder:
    """Gives a text the same direction whenever it comes, and counts how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0

    def encode(self, texts: list[str]) -> np.ndarray:
        self.asked += len(texts)
        rows = np.zeros((len(texts), WIDTH), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            row[sum(text.encode()) % WIDTH] = 1.0
        return rows


def learn(embedder: Embedder | None) -> IntentModel:
    return IntentModel.learn(LINES, Recipe(GramShape(seen_in=1), vector_weight=1.0), embedder)


@pytest.mark.parametrize("with_encoder", [True, False])
def test_a_line_gets_its_intent(with_encoder: bool) -> None:
    model = learn(Embedder(CountingEncoder()) if with_encoder else None)
    best = model.ranking("Bitte in den WARENKORP damit!!", 3)[0]
    assert best.name == "add_to_cart"
    assert best.confidence > 0.5


def test_kinds_of_small_talk_count_together() -> None:
    ranking = learn(None).ranking("witz wie geht es", 10)
    assert [one.name for one in ranking if one.name.startswith("chitchat/")] == [ranking[0].name]
    assert sum(one.confidence for one in ranking) == pytest.approx(1.0)


def test_a_saved_model_ranks_the_same_and_holds_no_pickle(tmp_path: Path) -> None:
    embedder = Embedder(CountingEncoder())
    model = learn(embedder)
    model.save(tmp_path)
    again = IntentModel.load(tmp_path, embedder)
    assert again.ranking("wo ist der witz", 5) == model.ranking("wo ist der witz", 5)
    assert {path.suffix for path in tmp_path.iterdir()} == {".json", ".npz"}


def test_the_same_lines_give_the_same_model() -> None:
    first, second = (learn(Embedder(CountingEncoder())) for _ in range(2))
    assert first.ranking("versand", 5) == second.ranking("versand", 5)


def test_a_line_without_a_readable_sign_is_sure_of_nothing() -> None:
    assert learn(None).ranking("🦄", 1)[0].confidence == 0.0


def test_the_encoder_is_asked_once_for_a_line_typed_twice() -> None:
    encoder = CountingEncoder()
    embedder = Embedder(encoder)
    assert np.array_equal(embedder.vector("hallo"), embedder.vector("hallo"))
    assert encoder.asked == 1
    assert not embedder.vector("").any()


def test_grams_look_inside_words_and_at_neighbours() -> None:
    assert list(char_grams("ab c", 2, 3)) == [" a", "ab", "b ", " ab", "ab ", " c", "c ", " c "]
    assert list(word_grams("in den korb", 2)) == ["in", "den", "korb", "in den", "den korb"]


def test_each_block_of_a_known_line_has_unit_length() -> None:
    index, rows = GramIndex.learn([text for text, _ in LINES], GramShape(seen_in=1))
    places, values = index.row(LINES[0][0])
    assert values @ values == pytest.approx(2.0)
    assert rows[0, places[0]] == pytest.approx(values[0])
