"""Guards and language sense, component by component, and the models they keep."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from bot.engine.grams import GramIndex, GramShape
from bot.engine.guards import IntentGuards
from bot.engine.language import LanguageSense
from bot.engine.softmax import fit, softmax

SMALL_SHOP = Path(__file__).parent / "small_shop/data/nlu"
LINES = ["leg das in den korb", "in den korb damit", "hallo du", "hallo", "was kostet das", "und was kostet der"]
LABELS = ["cart", "cart", "greet", "greet", "price", "price"]


def understood(text: str, *ranking: "tuple[str, float]") -> Message:
    names = [{"name": name, "confidence": confidence} for name, confidence in ranking]
    return Message(data={"text": text, "intent": names[0], "intent_ranking": names})


def guarded(message: Message) -> "tuple[str, str | None, dict[str, Any]]":
    IntentGuards.create(IntentGuards.get_default_config()).process([message])
    entities = {one["entity"]: one["value"] for one in message.get("entities") or []}
    return message.get("intent")["name"], message.get("guard"), entities


def test_a_sure_wish_passes() -> None:
    assert guarded(understood("leg das in den korb", ("add_to_cart", 0.9))) == ("add_to_cart", None, {})


def test_an_unsure_wish_is_marked_and_kept() -> None:
    found = guarded(understood("das da in den korb", ("add_to_cart", 0.55)))
    assert found == ("add_to_cart", "unsure", {"guard": "unsure"})


def test_an_unsure_question_needs_no_mark() -> None:
    assert guarded(understood("was kostet das", ("ask_price", 0.45)))[1] is None


def test_a_refused_wish_becomes_a_no() -> None:
    found = guarded(understood("bitte nicht stornieren", ("cancel_order", 0.95)))
    assert found == ("deny", "negated", {"guard": "negated", "meant": "cancel_order"})


def test_a_fallback_torn_between_no_and_a_refused_deed_is_a_no() -> None:
    ranking = (("nlu_fallback", 0.4), ("cancel_order", 0.48), ("deny", 0.46))
    assert guarded(understood("nicht stornieren", *ranking))[0] == "deny"
    assert guarded(understood("stornieren", *ranking))[0] == "nlu_fallback"


def test_a_fallback_about_something_else_stays_a_fallback() -> None:
    ranking = (("nlu_fallback", 0.4), ("cancel_order", 0.3), ("ask_price", 0.2))
    assert guarded(understood("nicht stornieren", *ranking))[0] == "nlu_fallback"


@pytest.fixture(scope="module")
def sense(tmp_path_factory: pytest.TempPathFactory) -> LanguageSense:
    storage, resource = LocalModelStorage(tmp_path_factory.mktemp("model")), Resource("sense")
    config = {**LanguageSense.get_default_config(), "lines": str(SMALL_SHOP), "sure_from": 0.8}
    LanguageSense.create(config, storage, resource).train(TrainingData())
    return LanguageSense.load(config, storage, resource)


def entities(sense: LanguageSense, text: str, hint: "str | None") -> "list[tuple[str, str]]":
    message = Message(data={"text": text, "metadata": {"language": hint} if hint else None})
    sense.process([message])
    return [(one["entity"], one["value"]) for one in message.get("entities")]


def test_the_gateways_hint_becomes_the_language(sense: LanguageSense) -> None:
    assert entities(sense, "hallo", "en") == [("language", "en")]
    assert entities(sense, "hallo", "fr") == []
    assert entities(sense, "hallo", None) == []


def test_a_long_line_in_the_other_language_is_noticed_and_switches_nothing(sense: LanguageSense) -> None:
    line = "can you please add the helmet to my cart"
    assert entities(sense, line, "de") == [("language", "de"), ("language_seen", "en")]
    assert entities(sense, line, "en") == [("language", "en")]


def test_a_short_line_proves_no_language(sense: LanguageSense) -> None:
    assert entities(sense, "hello, no thanks", "de") == [("language", "de")]


def test_ngrams_weigh_as_in_scikit_learn() -> None:
    ours = GramIndex.learn(LINES, GramShape(seen_in=1))[1]
    chars = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True)
    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, token_pattern=r"(?u)\b\w+\b")
    theirs = hstack([chars.fit_transform(LINES), words.fit_transform(LINES)]).tocsr()
    assert ours.shape == theirs.shape
    assert np.allclose((ours @ ours.T).toarray(), (theirs @ theirs.T).toarray(), atol=1e-9)


def test_regression_reaches_scikit_learns_probabilities() -> None:
    sparse = csr_matrix(np.random.default_rng(3).random((6, 9)) > 0.6, dtype=float)
    dense = np.random.default_rng(4).random((6, 4))
    learnt = fit(sparse, dense, LABELS, strength=2.0, rounds=500)
    ours = softmax(sparse @ learnt.sparse_weights + dense @ learnt.dense_weights + learnt.bias)
    both = hstack([sparse, csr_matrix(dense)]).tocsr()
    solver = LogisticRegression(C=2.0, class_weight="balanced", max_iter=5000, tol=1e-9).fit(both, LABELS)
    assert learnt.labels == tuple(solver.classes_)
    assert np.allclose(ours, solver.predict_proba(both), atol=1e-3)
