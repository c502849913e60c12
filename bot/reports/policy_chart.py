"""Draws the live offer policy: as Mermaid source, and as an SVG that needs neither script nor style."""

from collections.abc import Callable, Iterator
from html import escape
from textwrap import wrap

from actions.offers.limits import OfferLimits
from actions.offers.policy import KIND_ORDER
from actions.offers.situation import OfferKind
from bot.reports.policy_steps import Step, steps

KINDS = {
    OfferKind.CROSS: {"de": "Zusatzangebot (cross)", "en": "Extra (cross)"},
    OfferKind.UP: {"de": "Höherwertiges Angebot (up)", "en": "Better model (up)"},
    OfferKind.DOWN: {"de": "Günstigeres Angebot (down)", "en": "Cheaper model (down)"},
}
WORDS = {
    "yes": {"de": "ja", "en": "yes"},
    "no": {"de": "nein", "en": "no"},
    "candidate": {"de": "Kandidat", "en": "Candidate"},
    "eligible": {"de": "darf angeboten werden", "en": "may be offered"},
    "unless_asked": {"de": "entfällt, wenn danach gefragt wurde", "en": "not asked where the shopper asked for it"},
}
# the drawing, in units of a pixel
WIDTH, BOX, SIDE, GAP, LINE, PAD, LETTERS, ASIDE = 760, 470, 230, 26, 17, 12, 60, 26


def mermaid(limits: OfferLimits, language: str, worded: Callable[[str], str] = str) -> str:
    """A flowchart with one ladder for each kind, in the order kinds are considered; reasons as `worded`."""
    lines = ["flowchart TD"]
    for kind in KIND_ORDER:
        lines.append(f'  subgraph {kind.value}["{_safe(KINDS[kind][language])}"]')
        lines += [f"    {line}" for line in _ladder(kind, steps(kind, limits, language, worded), language)]
        lines.append("  end")
    return "\n".join(lines) + "\n"


def _ladder(kind: OfferKind, ladder: tuple[Step, ...], language: str) -> Iterator[str]:
    here = f"{kind.value}_start"
    yield f'{here}(["{WORDS["candidate"][language]}"])'
    arrow = "-->"
    for number, step in enumerate(ladder, 1):
        place = f"{kind.value}_{number}"
        words = [step.question, *step.limits, *([] if step.always else [f"({WORDS['unless_asked'][language]})"])]
        yield f'{here} {arrow} {place}{{"{"<br>".join(map(_safe, words))}"}}'
        refusals = "<br>".join(map(_safe, step.refusals))
        yield f'{place} -- {WORDS["no"][language]} --> {place}_no["{refusals}"]'
        here, arrow = place, f"-- {WORDS['yes'][language]} -->"
    yield f'{here} {arrow} {kind.value}_offer(["{WORDS["eligible"][language]}"])'


def _safe(text: str) -> str:
    """Text inside Mermaid's quotation marks."""
    return text.replace('"', "#quot;").replace("<", "#lt;").replace(">", "#gt;")


def svg(kind: OfferKind, limits: OfferLimits, language: str, worded: Callable[[str], str] = str) -> str:
    """The ladder of one kind from top to bottom, attributes only; it takes the colour of the text around it."""
    drawn, top = [_box(PAD, WORDS["candidate"][language])], PAD + _height(1)
    for step in steps(kind, limits, language, worded):
        words, refusals = _wrapped(step, language), [line for each in step.refusals for line in wrap(each, ASIDE)]
        drawn += [_arrow(top, WORDS["yes"][language] if len(drawn) > 1 else "")]
        top += GAP
        drawn += [_box(top, *words), _aside(top, len(words), WORDS["no"][language], refusals)]
        top += _height(max(len(words), len(refusals)))
    drawn += [_arrow(top, WORDS["yes"][language]), _box(top + GAP, WORDS["eligible"][language])]
    height = top + GAP + _height(1) + PAD
    title = escape(KINDS[kind][language])
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'role="img" fill="none" stroke="currentColor" font-family="system-ui, sans-serif" font-size="13">'
        f"<title>{title}</title>{''.join(drawn)}</svg>"
    )


def _wrapped(step: Step, language: str) -> list[str]:
    notes = [*step.limits, *([] if step.always else [WORDS["unless_asked"][language]])]
    return [line for text in (step.question, *notes) for line in wrap(text, LETTERS)]


def _height(lines: int) -> int:
    return lines * LINE + 2 * PAD


def _box(top: int, *lines: str) -> str:
    frame = f'<rect x="1" y="{top}" width="{BOX}" height="{_height(len(lines))}" rx="8"/>'
    return frame + _text(PAD, top, lines)


def _text(left: int, top: int, lines: tuple[str, ...] | list[str]) -> str:
    filled, first = 'fill="currentColor" stroke="none"', top + PAD + LINE - 4
    return "".join(
        f'<text x="{left}" y="{first + LINE * number}" {filled}>{escape(line)}</text>'
        for number, line in enumerate(lines)
    )


def _arrow(top: int, word: str) -> str:
    middle = BOX // 2
    head = f"M{middle - 4} {top + GAP - 6}L{middle} {top + GAP}L{middle + 4} {top + GAP - 6}"
    line = f'<path d="M{middle} {top}V{top + GAP}{head}"/>'
    return line + (_text(middle + 8, top - PAD, [word]) if word else "")


def _aside(top: int, lines: int, word: str, refusals: list[str]) -> str:
    """The way a no takes."""
    middle, left = top + _height(lines) // 2, WIDTH - SIDE
    line = f'<path d="M{BOX + 1} {middle}H{left}M{left - 6} {middle - 4}L{left} {middle}L{left - 6} {middle + 4}"/>'
    half = len(refusals) * LINE // 2
    return line + _text(BOX + 8, middle - PAD - LINE - 2, [word]) + _text(left + 6, middle - PAD - half, refusals)
