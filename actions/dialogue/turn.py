"""Everything one custom action may read and change while it answers one message."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy import Connection

from actions.conversation import Incoming
from actions.dialogue.memory import Asked, Memory, Question
from actions.dialogue.naming import Namer
from actions.dialogue.reply import Reply
from actions.offers.limits import OfferLimits
from actions.offers.pressure import without_pressure
from actions.offers.products import Money, Product
from actions.offers.shipping import is_always_free
from actions.offers.situation import CartItem, Hesitation, OfferKind, Situation, Stage
from actions.store import carts, offer_log, policy, purchases
from actions.store.catalogue import CatalogueSnapshot, live_product
from actions.store.conversations import Conversation
from actions.store.facts import FACT_TEXTS
from actions.understanding.lexicon import Lexicon
from actions.understanding.understood import Understood, understand

ADVERB = re.compile(r"(?:lich|licherweise|weise|mäßig|maessig|.{3}ly)$")


@dataclass(slots=False)
class Turn:
    """One message being answered inside one transaction; `unasked` are the kinds of offer nobody asked for."""

    incoming: Incoming
    connection: Connection
    conversation: Conversation
    memory: Memory
    snapshot: CatalogueSnapshot
    lexicon: Lexicon
    reply: Reply
    now: datetime
    unasked: set[OfferKind] = field(default_factory=set)

    @cached_property
    def understood(self) -> Understood:
        """What the words of the message say about products, limits, choices and hesitation."""
        question = self.open_question(Asked.VARIANT)
        asked = self.snapshot.variants(question.family) if question else ()
        within = asked[0].category if asked else self.memory.category
        return understand(self.incoming.text, self.reply.language, self.lexicon, within=within)

    @cached_property
    def strange(self) -> tuple[str, ...]:
        """Words as typed that neither the shop nor everyday talk knows: names of makers and models, mostly."""
        unheard = self.incoming.entities.get("unheard", "").split()
        names = (word for word in self.understood.unknown if not ADVERB.search(word.casefold()))
        return tuple(word for word in names if word.casefold() in unheard)

    @cached_property
    def names(self) -> Namer:
        """Names in the conversation's language."""
        return Namer(self.snapshot, self.reply.language, self.reply.phrases, self.lexicon.titles)

    @cached_property
    def limits(self) -> OfferLimits:
        """The limits in force as of this turn."""
        return policy.limits(self.connection, self.now)

    @cached_property
    def knows_shipping(self) -> bool:
        """True where the shop has said what sending costs: the default of a limit is no fact to tell."""
        return "shipping_cost" in policy.stated(self.connection) or is_always_free(self.limits)

    @property
    def key(self) -> str:
        """The same whenever and over whatever channel this message comes again; no other turn has it."""
        return f"{self.conversation.id}:{self.incoming.message}"

    def update(self, **changes: Any) -> None:
        """Change flags of the conversation; saved when the turn ends."""
        self.conversation = replace(self.conversation, **changes)

    def reach(self, stage: Stage) -> None:
        """Move to a later stage; a conversation never falls back from INTENT by itself."""
        order = list(Stage)
        if order.index(stage) > order.index(self.conversation.stage):
            self.update(stage=stage)

    def ask(self, question: Question) -> None:
        """Leave one question open; it replaces any other."""
        self.memory.question = question

    def open_question(self, asked: Asked) -> Question | None:
        """The open question if it is of this kind."""
        question = self.memory.question
        return question if question and question.asked is asked else None

    def offers_on_the_table(self) -> frozenset[str]:
        """The offers the open question is about, also while a size for one of them is being asked."""
        return frozenset(self.memory.question.offers) if self.memory.question else frozenset()

    def product(self, sku: str) -> Product | None:
        """The product as of now: price and stock from the row, not from the snapshot."""
        return live_product(self.connection, sku) if sku else None

    def cart(self) -> tuple[CartItem, ...]:
        """The cart's lines with their products."""
        lines = carts.lines(self.connection, self.conversation.id)
        found = ((self.product(line.sku), line.quantity) for line in lines)
        return tuple(CartItem(product, quantity) for product, quantity in found if product)

    def held(self, sku: str) -> int:
        """How many of a product lie in the cart."""
        return sum(line.quantity for line in carts.lines(self.connection, self.conversation.id) if line.sku == sku)

    def cart_total(self) -> Money:
        """The sum of the cart as of now, without shipping."""
        return carts.total(carts.lines(self.connection, self.conversation.id))

    def facts(self) -> dict[str, object]:
        """The shop's recorded terms as values for sentences."""
        facts = self.snapshot.facts
        language = self.reply.language
        texts = {name: without_pressure(facts.text(name, language)) for name in FACT_TEXTS}
        free = self.limits.free_shipping_from
        contact = facts.contact
        return texts | {
            "shop": facts.name,
            "contact": contact,
            "reach": self.reply.text("utter_reach", contact=contact) if contact else "",
            "shipping_cost": Money(self.limits.shipping_cost, facts.currency),
            "free_from": Money(free or 0, facts.currency),
        }

    def situation(
        self,
        anchor: Product | None,
        *,
        asked_for: OfferKind | None = None,
        hesitation: Hesitation | None = None,
    ) -> Situation:
        """What is known now, in the offer policy's terms."""
        shown = offer_log.of_conversation(self.connection, self.conversation.id)
        counts = {kind: len({o.decision for o in shown if o.kind == kind}) for kind in OfferKind}
        return Situation(
            stage=Stage(self.conversation.stage),
            anchor=anchor,
            cart=self.cart(),
            voice=self.incoming.voice,
            asked_for=asked_for,
            hesitation=hesitation,
            needs=self.memory.needs_and_refusals,
            refused=frozenset(self.memory.refused),
            refusals=self.conversation.refusals,
            paused=frozenset(OfferKind(kind) for kind in self.memory.paused),
            opted_out=self.conversation.opted_out,
            negative_mood=self.conversation.negative_mood or self.conversation.handed_off,
            owned_families=self.owned_families,
            shown=counts,
            shown_skus=frozenset(offer.sku for offer in shown),
            up_settled=self.memory.up_settled,
            refused_families=frozenset(self._families(self.memory.refused)),
            family_sizes=self.snapshot.sizes_made,
            held_out=self.conversation.lots.is_held_out(),
            rolled_out=self.conversation.lots.is_rolled_out(self.limits.rollout),
        )

    @property
    def purchase_confirmed(self) -> bool:
        """True where something agreed to lies in the cart or was ordered, whatever the stage says."""
        ordered = self.conversation.stage in (Stage.ORDERED, Stage.AFTER)
        return ordered or bool(carts.lines(self.connection, self.conversation.id))

    @property
    def offers_ended(self) -> bool:
        """True where nothing may be offered unasked any more."""
        state = self.conversation
        stopped = state.opted_out or state.negative_mood or state.handed_off
        return stopped or state.refusals >= self.limits.refusals_end_offers

    @property
    def owned_families(self) -> frozenset[str]:
        """The models the shopper has, as far as this chat may know; a consent withdrawn just now counts already."""
        customer = self.conversation.customer
        return purchases.owned_families(self.connection, conversation=self.conversation.id, customer=customer)

    def _families(self, skus: list[str]) -> Iterator[str]:
        return (product.family for product in map(self.snapshot.product, skus) if product)
