"""Whatever shoppers say and press: a line of the cart changes by its own yes, and by nothing else."""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from uuid import uuid4

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from actions.dialogue.memory import Asked, Memory, Question
from actions.dialogue.naming import Namer
from actions.offers.products import Money, Product
from actions.offers.situation import OfferKind
from actions.services import Services
from actions.store import carts
from actions.store.engine import reading, writing
from actions.store.offer_log import ShownOffer
from actions.store.tables import products
from tests.conversations import moves
from tests.conversations.agreed import Cart, Move, OnTheCounter, Word, agreed
from tests.conversations.shopper import Shopper

# how often a shopper does what; what cannot be done just then becomes talk
HABITS = {
    "talks": 5,
    "says_yes": 3,
    "goes_on": 6,
    "presses_a_button": 3,
    "presses_one_further_up": 2,
    "presses_it_again": 2,
    "names_an_option": 2,
    "names_a_model": 4,
    "gives_a_command": 2,
    "presses_what_somebody_else_was_offered": 1,
    "finds_the_price_changed": 1,
}
MOST_STEPS = 12
LENGTHS = st.sampled_from([*range(1, MOST_STEPS), *[MOST_STEPS] * 3 * MOST_STEPS])


class Talk:
    """One conversation; after every turn the cart is compared with what the words of that turn agreed to."""

    def __init__(
        self,
        house: Services,
        language: str,
        happened: Counter[str],
        elsewhere: str,
        comes_in: type[Shopper] = Shopper,
    ) -> None:
        self.house = house
        self.language = language
        self.happened = happened
        self.offered_elsewhere = elsewhere
        self.shopper = comes_in(house, language=language)
        self.shown: list[moves.Button] = []
        self.last: Move | None = None
        self.goes_back = ""
        self.to_be_swapped_in: frozenset[str] = frozenset()
        self.prices_before: dict[str, int] = {}

    def step(self, habit: str, which: int) -> None:
        """Do it, if it can be done now."""
        move = getattr(self, habit)(which)
        self.turn(move or self.talks(which))

    def talks(self, which: int) -> Move:
        return picked(moves.talk(self.language), which)

    def says_yes(self, which: int) -> Move:
        return picked(moves.yes(self.language), which)

    def names_an_option(self, which: int) -> Move | None:
        asked = self.question and self.question.asked is Asked.VARIANT
        return picked(moves.options(self.language), which) if asked else None

    def goes_on(self, which: int) -> Move | None:
        """The button that leads on comes first."""
        return self.presses_a_button(0)

    def presses_a_button(self, which: int) -> Move | None:
        current = moves.buttons(self.shopper.choices(), self.question)
        return picked(current, which).move if current else None

    def presses_one_further_up(self, which: int) -> Move | None:
        return picked(self.shown, which).move if self.shown else None

    def presses_it_again(self, which: int) -> Move | None:
        return self.last if self.last and not self.last.text else None

    def presses_what_somebody_else_was_offered(self, which: int) -> Move:
        return Move("", "confirm", Word.YES, {"offer": self.offered_elsewhere})

    def names_a_model(self, which: int) -> Move:
        product = picked(self.models_in_mind(), which)
        return moves.naming(self.language, product.title.of(self.language), product.family, which // 7)

    def gives_a_command(self, which: int) -> Move | None:
        if not self.cart:
            return None
        product = self.catalogue[picked(self.cart, which).sku]
        return moves.command(self.language, product.title.of(self.language), product.family, which // 7)

    def finds_the_price_changed(self, which: int) -> Move | None:
        """The merchant changes the price of what is on the table, and the shopper says yes to what was said."""
        if not self.on_the_table():
            return None
        sku = picked(self.on_the_table(), which)
        price = self.live()[sku].price.amount
        self.prices_before.setdefault(sku, price)
        self.reprice(sku, price + (100 if which % 2 else -100))
        return self.says_yes(which)

    def leave(self) -> None:
        for sku, price in self.prices_before.items():
            self.reprice(sku, price)

    def turn(self, move: Move) -> None:
        """Make the move, deliver it a second time, and compare."""
        before = OnTheCounter(self.cart, self.question, self.offers(), self.live(), self.goes_back)
        message = uuid4().hex
        answers = [self.shopper.says(move.text, move.intent, message=message, **move.entities) for _ in range(2)]
        assert answers[0] == answers[1]
        allowed = agreed(before, move)
        assert self.cart in allowed, f"{move} at {before.question} made {self.cart} of {before.cart}"
        self.happened[allowed[self.cart]] += 1
        self.last = move
        self.shown += moves.buttons(self.shopper.choices(), self.question)
        self.hear_what_goes_back(move)

    def hear_what_goes_back(self, move: Move) -> None:
        """A line goes back for a model that the shopper wanted to swap for, or was offered in its place."""
        if move.exchanges:
            self.to_be_swapped_in |= move.names
        said = {m["response"]: m["text"] for m in self.shopper.messages if m["type"] == "text" and "response" in m}
        if "utter_readback" in said or "utter_readback_several" in said or not self.question:
            self.goes_back = ""
        if "utter_readback_swap" in said:
            assert self.question
            assert self.question.offers or self.question.family in self.to_be_swapped_in
            names = Namer(self.house.catalogue.snapshot(), self.shopper.state.language, self.house.phrases)
            lines = [line.sku for line in self.cart]
            told = [sku for sku in lines if names.full(self.catalogue[sku]) in said["utter_readback_swap"]]
            (self.goes_back,) = told

    @property
    def cart(self) -> Cart:
        with reading(self.house.engine) as connection:
            return carts.lines(connection, self.shopper.conversation)

    @property
    def memory(self) -> Memory:
        return Memory.read(self.shopper.state.memory)

    @property
    def question(self) -> Question | None:
        return self.memory.question

    @cached_property
    def catalogue(self) -> dict[str, Product]:
        return dict(self.house.catalogue.snapshot().products)

    def live(self) -> dict[str, Product]:
        """The products at the prices of this moment."""
        changed = products.c.sku.in_(self.prices_before)
        with reading(self.house.engine) as connection:
            prices = connection.execute(select(products.c.sku, products.c.price).where(changed)).tuples().all()
        return self.catalogue | {sku: replace(self.catalogue[sku], price=Money(price)) for sku, price in prices}

    def reprice(self, sku: str, price: int) -> None:
        with writing(self.house.engine) as connection:
            connection.execute(products.update().where(products.c.sku == sku).values(price=price))

    def offers(self) -> dict[str, ShownOffer]:
        return {offer.id: offer for offer in self.shopper.shown()}

    def on_the_table(self) -> list[str]:
        """What the open question is about."""
        question, offers = self.question, self.offers()
        return [s for s in (question.sku, *(offers[o].sku for o in question.offers)) if s] if question else []

    def models_in_mind(self) -> list[Product]:
        """One variant of each model that the shopper may name: in the cart, offered, shown, and two of any kind."""
        skus = [line.sku for line in self.cart] + sorted({offer.sku for offer in self.offers().values()})
        families = [self.catalogue[sku].family for sku in skus] + self.memory.shown + ["grat-1", "helmet-basis"]
        return [self.house.catalogue.snapshot().variants(family)[0] for family in dict.fromkeys(families)]


def steps(seed: int, length: int) -> list[tuple[str, int]]:
    """What one shopper does, drawn from a seed; a failing talk is cut down to its length."""
    chance = random.Random(seed)
    habits = chance.choices(list(HABITS), list(HABITS.values()), k=MOST_STEPS)
    return [(habit, chance.randrange(1_000)) for habit in habits][:length]


def picked[Thing](things: Sequence[Thing], which: int) -> Thing:
    return things[which % len(things)]


def test_a_line_changes_by_its_own_yes_and_by_nothing_else(house: Services) -> None:
    stranger = Shopper(house)
    for move in moves.opening("de", "up"):
        stranger.says(move.text, move.intent)
    elsewhere = stranger.shown()[0].id
    happened: Counter[str] = Counter()

    @settings(max_examples=80, derandomize=True, database=None, deadline=None)
    @given(st.sampled_from(("de", "en")), st.sampled_from(moves.BEGINNINGS), st.integers(0, 2**32), LENGTHS)
    def every_talk(language: str, begins: str, seed: int, length: int) -> None:
        talk = Talk(house, language, happened, elsewhere)
        for move in moves.opening(language, begins):
            talk.turn(move)
        assert [offer["kind"] for offer in talk.shopper.offers] == [kind for kind in OfferKind if kind == begins]
        try:
            for habit, which in steps(seed, length):
                talk.step(habit, which)
        finally:
            talk.leave()

    every_talk()
    for change in ("read back", "cross", "up", "down", "swapped", "quantity", "removed"):
        assert happened[change] >= 3, f"these talks prove nothing: {happened}"
    assert happened["nothing"] >= 300
