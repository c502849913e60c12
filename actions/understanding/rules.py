"""A small notation for spaCy's Matcher, so that the readers' rules can be read as the phrases they stand for.

One rule is words with spaces: `nicht|not mehr|more als|than`. "|" parts alternatives, "~wort" matches every
inflection, "#" any number, "*3" up to three tokens of the same clause, a trailing "?" makes a token optional.
"""

from collections.abc import Iterable, Mapping

from spacy.matcher import Matcher
from spacy.vocab import Vocab

from actions.understanding.spelling import fold, stem_of

NUMBER, BREAK, WORD = "N", "B", "W"
TokenPattern = dict[str, object]


def pattern(rule: str) -> list[TokenPattern]:
    """The Matcher pattern of one rule."""
    return [_token(part) for part in rule.split()]


def _token(part: str) -> TokenPattern:
    if part.startswith("*"):
        return {"TAG": {"NOT_IN": [BREAK]}, "OP": f"{{0,{part[1:]}}}"}
    optional = part.endswith("?")
    body = part.removesuffix("?")
    if body == "#":
        spec: TokenPattern = {"TAG": NUMBER}
    elif body.startswith("~"):
        spec = {"NORM": {"IN": [stem_of(word) for word in body[1:].split("|")]}}
    else:
        spec = {"ORTH": {"IN": [fold(word) for word in body.split("|")]}}
    return spec | {"OP": "?"} if optional else spec


def matcher(vocab: Vocab, rules: Mapping[str, Iterable[str]]) -> Matcher:
    """A Matcher over all rules; each label matches its longest spans first."""
    made = Matcher(vocab)
    for label, lines in rules.items():
        made.add(label, [pattern(line) for line in lines], greedy="LONGEST")
    return made


def words_of(rules: Mapping[str, Iterable[str]]) -> tuple[frozenset[str], frozenset[str]]:
    """The folded words and the stems that the rules mention."""
    parts = [part.removesuffix("?") for lines in rules.values() for line in lines for part in line.split()]
    parts = [part for part in parts if part != "#" and not part.startswith("*")]
    words = frozenset(fold(w) for part in parts if not part.startswith("~") for w in part.split("|"))
    return words, frozenset(stem_of(w) for part in parts if part.startswith("~") for w in part[1:].split("|"))
