"""How well the trained model understands lines it has not seen: `.venv-rasa/bin/python benchmarks/nlu.py [--json]`.

Macro-F1 is over the in-scope intents, before any threshold. Rejected means fallback or out of scope: right for a
line that is out of scope, wrong for one that is not.
"""

import argparse
import asyncio
import json
import os
import sys
import warnings
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from bot.engine.archive import verified_model  # noqa: E402
from bot.engine.lean import keep_tensorflow_out  # noqa: E402
from bot.engine.process import calm_environment  # noqa: E402

OUT_OF_SCOPE = "out_of_scope"
REJECTIONS = (OUT_OF_SCOPE, "nlu_fallback")
# sets may name intents as our domain does or more coarsely; both are brought to the coarse names
COARSE = {"confirm": "affirm", "stop_offers": "opt_out", "refine_search": "search_product"}


@dataclass(frozen=True)
class Line:
    """A line, the intent it has, the best guess before thresholds and the intent acted on, all coarse."""

    text: str
    intent: str
    guess: str
    acted_on: str
    confidence: float


@dataclass(frozen=True)
class Figures:
    """What one set of lines shows; shares are of 1."""

    lines: int
    macro_f1: float
    out_of_scope_rejected: float
    in_scope_rejected: float
    in_scope_wrong: float
    weakest: "dict[str, float]"


def coarse(intent: str) -> str:
    family, _, kind = intent.partition("/")
    if kind:
        return f"ask_{kind}" if family == "faq" else family
    return COARSE.get(intent, intent)


def read_lines(path: Path) -> "list[tuple[str, str]]":
    """The first two columns of a TSV with a header."""
    rows = [row.split("\t") for row in path.read_text("utf-8").splitlines()[1:] if row.strip()]
    return [(row[0], row[1]) for row in rows]


def understand(lines: "list[tuple[str, str]]", language: str, models: Path) -> "list[Line]":
    """Let the trained pipeline, fallback and guards included, read every line."""
    calm_environment()
    os.environ["LOG_LEVEL"] = "ERROR"
    keep_tensorflow_out()
    warnings.simplefilter("ignore")
    from rasa.core.agent import Agent  # noqa: PLC0415 - only now that its environment is set
    from rasa.core.channels.channel import UserMessage  # noqa: PLC0415
    from rasa.utils.log_utils import configure_structlog  # noqa: PLC0415

    configure_structlog(40)
    agent = Agent.load(str(verified_model(models)[0]))

    async def read() -> "list[Line]":
        found = []
        for text, intent in lines:
            message = UserMessage(text, metadata={"language": language})
            parse = await agent.processor.parse_message(message)
            found.append(_line(text, intent, parse))
        return found

    return asyncio.run(read())


def _line(text: str, intent: str, parse: "dict") -> Line:
    named = parse["intent"]
    acted_on = named.get("full_retrieval_intent_name") or named["name"]
    guesses = [one["name"] for one in parse["intent_ranking"] if one["name"] != "nlu_fallback"]
    guess = guesses[0] if acted_on == "nlu_fallback" else acted_on
    return Line(text, coarse(intent), coarse(guess), coarse(acted_on), named["confidence"])


def figures(lines: "list[Line]") -> Figures:
    inside = [line for line in lines if line.intent != OUT_OF_SCOPE]
    outside = [line for line in lines if line.intent == OUT_OF_SCOPE]
    rejected = [line.acted_on in REJECTIONS for line in inside]
    wrong = [line.acted_on not in (line.intent, *REJECTIONS) for line in inside]
    scores = f1_by_intent(inside)
    weakest = dict(sorted(scores.items(), key=lambda item: item[1])[:6])
    return Figures(
        lines=len(lines),
        macro_f1=_share(list(scores.values())),
        out_of_scope_rejected=_share([line.acted_on in REJECTIONS for line in outside]),
        in_scope_rejected=_share(rejected),
        in_scope_wrong=_share(wrong),
        weakest={intent: round(score, 2) for intent, score in weakest.items()},
    )


def f1_by_intent(lines: "list[Line]") -> "dict[str, float]":
    right = Counter(line.intent for line in lines if line.intent == line.guess)
    given = Counter(line.intent for line in lines)
    guessed = Counter(line.guess for line in lines)
    return {intent: 2 * right[intent] / (given[intent] + guessed[intent]) for intent in given}


def _share(values: "list[float] | list[bool]") -> float:
    return round(sum(values) / len(values), 3) if values else 0.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for language in ("de", "en"):
        default = ROOT / f"tests/nlu/heldout_{language}.tsv"
        parser.add_argument(f"--{language}", type=Path, default=default, help="TSV: text, intent, ...")
    parser.add_argument("--models", type=Path, default=ROOT / (os.environ.get("TRESEN_MODELS") or "models"))
    parser.add_argument("--json", action="store_true", help="figures as JSON")
    parser.add_argument("--errors", action="store_true", help="also list every line that was misread")
    given = parser.parse_args()
    read = {
        language: understand(read_lines(getattr(given, language)), language, given.models)
        for language in ("de", "en")
    }
    found = {language: figures(lines) for language, lines in read.items()}
    print(json.dumps({name: asdict(one) for name, one in found.items()}) if given.json else table(found))
    for lines in read.values() if given.errors else ():
        for line in lines:
            if line.acted_on != line.intent and not {line.acted_on, line.intent} <= set(REJECTIONS):
                print(f"{line.intent:18} {line.acted_on:18} {line.guess:18} {line.confidence:.2f}  {line.text}")


def table(found: "dict[str, Figures]") -> str:
    """One row per language, for people."""
    rows = ["      lines  macro-F1  out of scope rejected  in scope rejected  in scope wrong  weakest"]
    for name, one in found.items():
        weakest = ", ".join(f"{intent} {score:.2f}" for intent, score in one.weakest.items())
        rows.append(
            f"{name:4} {one.lines:6}  {one.macro_f1:8.3f}  {one.out_of_scope_rejected:21.3f}"
            f"  {one.in_scope_rejected:17.3f}  {one.in_scope_wrong:14.3f}  {weakest}"
        )
    return "\n".join(rows)


if __name__ == "__main__":
    main()
