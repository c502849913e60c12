"""The shop's pictures: own drawings, one per kind of product, tinted by its colour."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from string import Template

from actions.offers.products import Product

DRAWINGS = Path(__file__).with_name("drawings")
GENERIC = "generic"

# tint and its darker shade by the recorded colour
COLOURS: Mapping[str, tuple[str, str]] = {
    "black": ("#3b4048", "#23272d"),
    "anthracite": ("#565d66", "#3a4048"),
    "grey": ("#8c949d", "#68707a"),
    "silver": ("#aab3bc", "#808a95"),
    "white": ("#e8ebee", "#b9c1c9"),
    "red": ("#d0453c", "#9d2d28"),
    "orange": ("#e98035", "#b85d1c"),
    "yellow": ("#f0c033", "#c2941a"),
    "green": ("#4c9a5f", "#357044"),
    "turquoise": ("#2fa8a0", "#1f7a75"),
    "petrol": ("#1f7480", "#14525b"),
    "blue": ("#3b74c4", "#28528f"),
    "purple": ("#8457b8", "#5f3b8a"),
    "pink": ("#e07aa5", "#b45480"),
    "brown": ("#8b5e3c", "#643f26"),
    "sand": ("#d8c3a0", "#b0986f"),
}
PLAIN = ("#2c7a68", "#1d574a")

# last step of a category path -> drawing, where the two are not called the same
DRAWN_AS: Mapping[str, str] = {
    "mountain": "bike-mountain",
    "full-suspension": "bike-mountain",
    "e-mountain": "bike-electric",
    "e-bike": "bike-electric",
    "road": "bike-road",
    "gravel": "bike-road",
    "touring": "bike-touring",
    "city": "bike-city",
    "folding": "bike-folding",
    "cargo": "bike-cargo",
    "kids": "bike-kids",
    "bikes": "bike-touring",
    "kids-helmets": "helmets",
    "small-bags": "panniers",
    "accessories": "panniers",
    "mini-pumps": "floor-pumps",
    "winter-gloves": "gloves",
    "rain-jackets": "jackets",
    "rain-trousers": "trousers",
    "overshoes": "shoes",
    "clothing": "jerseys",
    "brake-cleaners": "cleaners",
    "degreasers": "cleaners",
    "sealants": "lubricants",
    "kits": "brushes",
    "care": "lubricants",
    "greases": "tubes-of-paste",
    "skin": "tubes-of-paste",
    "parts": "chains",
    "workshop-tools": "multi-tools",
    "workshop": "multi-tools",
    "assembly": "multi-tools",
    "services": "warranty",
}


def drawing_of(category: str) -> str:
    """The name of the drawing for a category path."""
    names = set(_names())
    for step in reversed(category.split("/")):
        drawn = DRAWN_AS.get(step, step)
        if drawn in names:
            return drawn
    return GENERIC


def picture_path(product: Product | None) -> str:
    """Where the picture of a product is."""
    if product is None:
        return f"/img/{GENERIC}.svg"
    tint = f"?tint={product.colour}" if product.colour in COLOURS else ""
    return f"/img/{drawing_of(product.category)}.svg{tint}"


def picture(name: str, colour: str) -> bytes | None:
    """The SVG of a drawing in a colour, None where there is no such drawing; unknown colours count as none."""
    return _drawn(name, colour if colour in COLOURS else "") if name in _names() else None


@cache
def _drawn(name: str, colour: str) -> bytes:
    tint, shade = COLOURS.get(colour, PLAIN)
    drawing = Template((DRAWINGS / f"{name}.svg").read_text("utf-8"))
    return drawing.substitute(tint=tint, shade=shade).encode()


@cache
def _names() -> frozenset[str]:
    return frozenset(file.stem for file in DRAWINGS.glob("*.svg"))
