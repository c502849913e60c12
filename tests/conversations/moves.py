"""What shoppers say and press, German and English, for generated conversations."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from actions.dialogue.memory import Question
from tests.conversations.agreed import Move, Word
from tests.conversations.shopper import Shopper

SAID: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "de": {
        "search_product": (
            "ich suche ein mountainbike unter 1000 euro",
            "habt ihr helme?",
            "zeig mir die regenjacke",
        ),
        "choose_option": ("das erste", "das zweite in schwarz", "das letzte"),
        "hesitate": ("ich weiß nicht", "das überlege ich mir noch", "der versand ist mir zu teuer"),
        "object_price": ("das ist mir zu teuer", "so viel wollte ich nicht ausgeben"),
        "ask_cheaper": ("geht das auch günstiger?", "höchstens 800 euro"),
        "ask_better": ("gibt es etwas besseres?",),
        "ask_accessories": ("was passt dazu?", "passt da ein helm dazu?"),
        "ask_why": ("warum ausgerechnet das?",),
        "compare": ("was ist der unterschied?", "vergleich mal das erste und das zweite"),
        "ask_details": ("erzählen Sie mir mehr dazu", "wie schwer ist das?"),
        "ask_price": ("was kostet das?",),
        "ask_availability": ("gibt es das auch in blau?", "ist das da?"),
        "view_cart": ("zeig mir den warenkorb",),
        "checkout": ("zur kasse",),
        "greet": ("guten tag",),
        "thank": ("danke", "ok danke", "super, vielen dank"),
        "goodbye": ("tschüss",),
        "out_of_scope": ("wie wird das wetter?", "ok"),
        "stop_offers": ("keine werbung bitte",),
        "resume_offers": ("angebote sind doch ok",),
        "deny": ("nein", "nein danke", "lieber nicht"),
        "faq/returns": ("kann ich das umtauschen?",),
        "complaint": ("ich bin sehr unzufrieden",),
        "erase_data": ("löschen Sie meine daten",),
        "repeat": ("wie bitte?",),
        "continue_shopping": ("ich schau mich weiter um",),
        "switch_language": ("english please",),
        "nlu_fallback": ("hm ok", "mhm", "naja schon"),
    },
    "en": {
        "search_product": ("I'm looking for a road bike", "do you have helmets?", "show me the rain jackets"),
        "choose_option": ("the first one", "the second one in black", "the last one"),
        "hesitate": ("I'm not sure", "let me think about it", "shipping is too expensive"),
        "object_price": ("that's too expensive", "I didn't want to spend that much"),
        "ask_cheaper": ("anything cheaper?", "800 euros at most"),
        "ask_better": ("is there anything better?",),
        "ask_accessories": ("what goes with it?", "a helmet to go with it?"),
        "ask_why": ("why that one?",),
        "compare": ("what's the difference?", "compare the first and the second"),
        "ask_details": ("tell me more about it", "how heavy is it?"),
        "ask_price": ("what does it cost?",),
        "ask_availability": ("does it come in blue?", "is it in stock?"),
        "view_cart": ("show me the cart",),
        "checkout": ("checkout please",),
        "greet": ("hello",),
        "thank": ("thanks", "ok thanks", "great, thank you very much"),
        "goodbye": ("bye",),
        "out_of_scope": ("what's the weather like?", "ok"),
        "stop_offers": ("no offers please",),
        "resume_offers": ("offers are fine after all",),
        "deny": ("no", "no thanks", "rather not"),
        "faq/returns": ("can I return it?",),
        "complaint": ("I am very unhappy",),
        "erase_data": ("erase my data",),
        "repeat": ("pardon?",),
        "continue_shopping": ("I'll look around",),
        "switch_language": ("auf deutsch bitte",),
        "nlu_fallback": ("hm ok", "mhm", "well I guess"),
    },
}
YES = {
    "de": ("ja", "ja gerne", "ja bitte, machen wir so"),
    "en": ("yes", "yes please", "yes, let's do that"),
}
TAKE = {"de": ("nehme ich", "das nehm ich"), "en": ("I'll take it", "I'll take that one")}
HALF = {"de": ("hm ok", "naja ja", "vielleicht", "hm"), "en": ("hm ok", "maybe", "I guess so", "hm")}
OPTIONS = {
    "de": ("M", "42", "schwarz", "M, schwarz", "46 in schwarz", "L"),
    "en": ("M", "42", "black", "M, black", "46 in black", "L"),
}
NAMED = {
    "de": (
        ("ja, {title}", "confirm", Word.YES),
        ("ich nehme {title}", "purchase_intent", Word.YES),
        ("was kostet {title}?", "ask_price", Word.TALK),
        ("tausch das gegen {title}", "purchase_intent", Word.TALK),
        ("zeig mir {title}", "search_product", Word.TALK),
        ("nein, {title} nicht", "deny", Word.TALK),
        ("dann {title}", "choose_option", Word.YES),
        ("vielleicht {title}", "choose_option", Word.TALK),
        ("{title}?", "nlu_fallback", Word.TALK),
    ),
    "en": (
        ("yes, {title}", "confirm", Word.YES),
        ("I'll take {title}", "purchase_intent", Word.YES),
        ("how much is {title}?", "ask_price", Word.TALK),
        ("swap it for {title}", "purchase_intent", Word.TALK),
        ("show me {title}", "search_product", Word.TALK),
        ("no, not {title}", "deny", Word.TALK),
        ("then {title}", "choose_option", Word.YES),
        ("maybe {title}", "choose_option", Word.TALK),
        ("{title}?", "nlu_fallback", Word.TALK),
    ),
}
COMMANDS = {
    "de": (
        ("mach {n} daraus", "change_quantity", Word.QUANTITY),
        ("von {title} bitte {n} stück", "change_quantity", Word.QUANTITY),
        ("nimm das wieder raus", "remove_from_cart", Word.REMOVE),
        ("nimm {title} wieder raus", "remove_from_cart", Word.REMOVE),
    ),
    "en": (
        ("make it {n}", "change_quantity", Word.QUANTITY),
        ("{n} pieces of {title} please", "change_quantity", Word.QUANTITY),
        ("take it out again", "remove_from_cart", Word.REMOVE),
        ("take {title} out again", "remove_from_cart", Word.REMOVE),
    ),
}
SWAPS = ("tausch", "swap")
HALF_INTENTS = ("confirm", "purchase_intent", "thank", "hesitate")
TAKE_INTENTS = ("purchase_intent", "confirm", "add_to_cart")
OPTION_INTENTS = ("refine_search", "choose_option", "nlu_fallback")
# how a talk begins: with models shown, a swap read back, or an offer of one kind on the table
OPENINGS: Mapping[str, Mapping[str, tuple[tuple[str, str], ...]]] = {
    "de": {
        "models": (("ich suche ein mountainbike unter 1000 euro", "search_product"),),
        "swap": (
            ("grat 2 in schwarz 42 nehme ich", "purchase_intent"),
            ("ja", "confirm"),
            ("tausch das gegen das grat 1 in schwarz 42", "purchase_intent"),
        ),
        "cross": (("grat 2 in schwarz 42 nehme ich", "purchase_intent"), ("ja", "confirm")),
        "up": (
            ("ich suche ein mountainbike in schwarz in 42 für höchstens 1000 euro", "search_product"),
            ("ich nehme das grat 1", "purchase_intent"),
            ("ja", "confirm"),
        ),
        "down": (
            ("ein schwarzes rennrad für höchstens 1500 euro", "search_product"),
            ("tempo 2 in schwarz 54 nehme ich", "purchase_intent"),
            ("ja", "confirm"),
            ("zeig mir das tempo 2", "search_product"),
            ("gibt es etwas günstigeres?", "ask_cheaper"),
        ),
    },
    "en": {
        "models": (("I'm looking for a mountain bike under 1000 euros", "search_product"),),
        "swap": (
            ("I'll take the grat 2 in black 42", "purchase_intent"),
            ("yes", "confirm"),
            ("swap it for the grat 1 in black 42", "purchase_intent"),
        ),
        "cross": (("I'll take the grat 2 in black 42", "purchase_intent"), ("yes", "confirm")),
        "up": (
            ("I'm looking for a black mountain bike in 42 for 1000 euros at most", "search_product"),
            ("I'll take the grat 1", "purchase_intent"),
            ("yes", "confirm"),
        ),
        "down": (
            ("a black road bike for 1500 euros at most", "search_product"),
            ("I'll take the tempo 2 in black 54", "purchase_intent"),
            ("yes", "confirm"),
            ("show me the tempo 2", "search_product"),
            ("is there anything cheaper?", "ask_cheaper"),
        ),
    },
}
BEGINNINGS = tuple(OPENINGS["de"])


@dataclass(frozen=True)
class Button:
    """A button as it was shown, with the question that was open then."""

    title: str
    intent: str
    entities: Mapping[str, str]
    shown_with: Question | None

    @property
    def move(self) -> Move:
        line = self.entities.get("sku", "") if self.intent == "remove_from_cart" else ""
        return Move("", self.intent, self._word(), self.entities, sku=line, shown_with=self.shown_with)

    def _word(self) -> Word:
        words = {"confirm": Word.YES, "choose_option": Word.OPTION, "remove_from_cart": Word.REMOVE}
        return words.get(self.intent, Word.TALK)


def buttons(choices: list[dict[str, Any]], shown_with: Question | None) -> list[Button]:
    """The buttons of one answer."""
    return [Button(c["title"], c["payload"]["intent"], c["payload"]["entities"], shown_with) for c in choices]


def opening(language: str, kind: str) -> list[Move]:
    """A short way to something on the counter."""
    return [_opening_move(text, intent) for text, intent in OPENINGS[language][kind]]


def _opening_move(text: str, intent: str) -> Move:
    exchanges = text.startswith(SWAPS)
    word = Word.YES if intent == "confirm" else Word.TALK
    return Move(text, intent, word, names=frozenset({"grat-1"} if exchanges else ()), exchanges=exchanges)


@cache
def talk(language: str) -> list[Move]:
    """Anything but a yes: questions, thanks, noes, a half-hearted "hm ok", and silence."""
    plain = [Move(text, intent) for intent, texts in SAID[language].items() for text in texts]
    half = [Move(text, intent) for text in HALF[language] for intent in HALF_INTENTS]
    return [*plain, *half, Move("", "nlu_fallback")]


@cache
def yes(language: str) -> list[Move]:
    """A plain yes, and "nehme ich", which is one where something is on the table."""
    agrees = [Move(text, "confirm", Word.YES) for text in YES[language]]
    return agrees + [Move(text, intent, Word.YES) for text in TAKE[language] for intent in TAKE_INTENTS]


@cache
def options(language: str) -> list[Move]:
    """Sizes and colours."""
    return [Move(text, intent, Word.OPTION) for text in OPTIONS[language] for intent in OPTION_INTENTS]


def naming(language: str, title: str, family: str, at: int) -> Move:
    """A sentence about one model."""
    text, intent, word = NAMED[language][at % len(NAMED[language])]
    exchanges = text.startswith(SWAPS)
    return Move(text.format(title=title), intent, word, names=frozenset({family}), exchanges=exchanges)


def command(language: str, title: str, family: str, at: int) -> Move:
    """An explicit word about a line of the cart."""
    text, intent, word = COMMANDS[language][at % len(COMMANDS[language])]
    quantity = at % 4
    names = frozenset({family} if "{title}" in text else ())
    return Move(text.format(title=title, n=quantity), intent, word, names=names, quantity=quantity)


def is_offered(shopper: Shopper, kind: str) -> None:
    """Bring a shopper to where an offer of this kind lies on the counter."""
    for move in opening(shopper.language, kind):
        shopper.says(move.text, move.intent)
    assert [offer["kind"] for offer in shopper.offers] == [kind]
