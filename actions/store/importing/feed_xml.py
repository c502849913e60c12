"""Items of an RSS or Atom feed; a document type, and with it every entity trick, is refused."""

from collections.abc import Iterator
from typing import Any
from xml.parsers import expat

ITEMS = frozenset({"item", "entry"})
GOOGLE = "http://base.google.com/ns/1.0"
DEEPEST = 40

Item = tuple[int, dict[str, Any]]


class XmlError(ValueError):
    """The document is no feed that may be read; `line` is where."""

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(reason)
        self.line = line


def feed_items(content: bytes) -> Iterator[Item]:
    """The line and the values of every item, by the local name of its elements.

    An element that holds others becomes a mapping, one that comes twice a list. Where the feed states a value
    both in its own and in Google's namespace (title, link), Google's counts.
    """
    return iter(_Feed(content).items)


class _Feed:
    """One pass over the document; expat resolves no external entity, and internal ones need a document type."""

    def __init__(self, content: bytes) -> None:
        self.items: list[Item] = []
        self._open: list[tuple[str, list[str], dict[str, Any]]] = []
        self._line = 0
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._parse(content)

    def _parse(self, content: bytes) -> None:
        try:
            self._parser.Parse(content, True)
        except expat.ExpatError as error:
            raise XmlError(f"not valid XML: {expat.ErrorString(error.code)}", error.lineno) from error
        if not self.items:
            raise XmlError("the feed holds no item", 1)

    def _doctype(self, *_declared: object) -> None:
        raise XmlError(
            "the document declares a type; feeds have none, it is not read", self._parser.CurrentLineNumber
        )

    def _start(self, name: str, _attributes: dict[str, str]) -> None:
        if self._open or name.rpartition(" ")[2] in ITEMS:
            if not self._open:
                self._line = self._parser.CurrentLineNumber
            self._open.append((name, [], {}))
            if len(self._open) > DEEPEST:
                raise XmlError("elements lie too deep in one another", self._parser.CurrentLineNumber)

    def _text(self, text: str) -> None:
        if self._open:
            self._open[-1][1].append(text)

    def _end(self, _name: str) -> None:
        if not self._open:
            return
        name, texts, children = self._open.pop()
        children.pop("", None)
        if not self._open:
            self.items.append((self._line, children))
            return
        space, _, local = name.rpartition(" ")
        _add(self._open[-1][2], local, children or "".join(texts).strip(), stated=space == GOOGLE)


def _add(values: dict[str, Any], name: str, value: Any, *, stated: bool) -> None:
    """Google's own elements first; `""` remembers which names they have taken."""
    taken: set[str] = values.setdefault("", set())
    if name in taken and not stated:
        return
    if stated and name not in taken:
        taken.add(name)
        values.pop(name, None)
    held = values.get(name)
    if held is None:
        values[name] = value
    elif isinstance(held, list):
        held.append(value)
    else:
        values[name] = [held, value]
