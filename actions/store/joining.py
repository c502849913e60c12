"""Two conversations of one shopper become one: the cart follows, and a no said in either holds in both."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from actions.offers.lots import HELD_OUT
from actions.offers.situation import Stage
from actions.store import conversations
from actions.store.conversations import Conversation
from actions.store.tables import cart_lines

REFUSALS = ("refused", "paused")
# how far a purchase has come that is not an order yet
ON_THE_WAY = (Stage.BROWSE, Stage.CONSIDER, Stage.INTENT, Stage.CHECKOUT)


def join(connection: Connection, left: Conversation, into: Conversation, now: datetime) -> Conversation:
    """Move the cart of `left` into `into` and unite what was refused; returns the conversation that goes on."""
    _move_cart(connection, left.id, into.id)
    joined = replace(
        into,
        stage=_later(into.stage, left.stage),
        opted_out=into.opted_out or left.opted_out,
        refusals=max(into.refusals, left.refusals),
        negative_mood=into.negative_mood or left.negative_mood,
        handed_off=into.handed_off or left.handed_off,
        arm=_arm(into.arm, left.arm),
        rollout=_later_in_the_row(into.rollout, left.rollout),
        memory={**into.memory, **_refusals(into.memory, left.memory)},
    )
    conversations.save(connection, joined, now)
    return joined


def _move_cart(connection: Connection, left: str, into: str) -> None:
    """A product that lies in both carts keeps the quantity of the one that goes on."""
    lines = cart_lines.c
    held = set(connection.scalars(select(lines.sku).where(lines.conversation == into)))
    last = connection.scalar(select(func.max(lines.position)).where(lines.conversation == into))
    moving = connection.scalars(select(lines.sku).where(lines.conversation == left).order_by(lines.position)).all()
    for position, sku in enumerate((sku for sku in moving if sku not in held), (last or 0) + 1):
        line = cart_lines.update().where(lines.conversation == left, lines.sku == sku)
        connection.execute(line.values(conversation=into, position=position))
    connection.execute(cart_lines.delete().where(lines.conversation == left))


def _later(into: Stage, left: Stage) -> Stage:
    """A yes said in either was said; what was ordered stays ordered."""
    both = (into, left)
    return max(both, key=ON_THE_WAY.index) if set(both) <= set(ON_THE_WAY) else into


def _arm(into: str | None, left: str | None) -> str | None:
    """Who was promised no unasked offers in one conversation gets none in the other; else the arm stays."""
    return HELD_OUT if HELD_OUT in (into, left) else into


def _later_in_the_row(into: float | None, left: float | None) -> float | None:
    """Unasked offers come to both together: not before either of them would have got them."""
    return None if into is None or left is None else max(into, left)


def _refusals(into: Mapping[str, Any], left: Mapping[str, Any]) -> dict[str, list[str]]:
    return {name: list(dict.fromkeys([*into.get(name, ()), *left.get(name, ())])) for name in REFUSALS}
