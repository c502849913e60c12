"""Takes orders from the outbox to the shop, each once, with patience while the shop cannot be reached."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from actions.offers.products import Money
from actions.shop.protocol import OrderRequest, Placed, Refused, Shop, ShopUnreachableError
from actions.store import orders, outbox
from actions.store.carts import CartLine
from actions.store.counting import count_order
from actions.store.engine import reading, writing
from actions.store.outbox import Parcel

log = logging.getLogger(__name__)

LONGEST_PAUSE = 300
ATTEMPTS = 12
ORDER = "order"
CANCELLED = "cancelled before it was known to have arrived"


class Relay:
    """Delivers what is due; what cannot be delivered ends as a dead letter that the console shows."""

    def __init__(self, database: Engine, shop: Shop, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._shop = shop
        self._clock = clock
        self._wake = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None

    def wake_from_thread(self) -> None:
        """Look into the outbox now instead of at the next round."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._wake.set)

    async def run(self, pause: float = 1.0) -> None:
        """Deliver until cancelled; a fault is logged and costs one round, never the relay."""
        self._loop = asyncio.get_running_loop()
        while True:
            self._wake.clear()
            try:
                await asyncio.to_thread(self.deliver_due)
            except Exception:
                log.exception("the relay lost a round")
            try:
                await asyncio.wait_for(self._wake.wait(), pause)
            except TimeoutError:
                continue

    def deliver_due(self) -> int:
        """Deliver everything that is due now; returns how many parcels were tried."""
        with reading(self._database) as connection:
            due = outbox.due(connection, self._clock())
        for parcel in due:
            self._deliver(parcel)
        return len(due)

    def _deliver(self, parcel: Parcel) -> None:
        if not self._take(parcel):
            return
        try:
            outcome = self._shop.place(order_request(parcel)) if parcel.topic == ORDER else None
        except ShopUnreachableError as error:
            log.warning("shop unreachable key=%s attempts=%d", parcel.key, parcel.attempts + 1)
            self._postpone(parcel, str(error))
            return
        except (KeyError, TypeError, ValueError):
            log.exception("parcel unreadable key=%s", parcel.key)
            outcome = None
        with writing(self._database) as connection:
            self._settle(connection, parcel, outcome)
        if isinstance(outcome, Placed):
            self._count(parcel.key)

    def _count(self, key: str) -> None:
        """What was bought together, in a transaction of its own: a fault costs a count until the next mining."""
        try:
            with writing(self._database) as connection:
                count_order(connection, key)
        except SQLAlchemyError:
            log.exception("order not counted key=%s", key)

    def _take(self, parcel: Parcel) -> bool:
        """Carry the parcel off; what was cancelled first stays here."""
        with writing(self._database) as connection:
            if not orders.is_wanted(connection, parcel.key):
                outbox.withdraw(connection, parcel.id, CANCELLED)
                return False
            return outbox.take(connection, parcel.id, self._clock())

    def _settle(self, connection: Connection, parcel: Parcel, outcome: Placed | Refused | None) -> None:
        if isinstance(outcome, Placed):
            outbox.sent(connection, parcel.id)
            orders.accepted(connection, parcel.key, outcome.number, self._clock())
            log.info("order placed key=%s", parcel.key)
            return
        orders.failed(connection, parcel.key)
        reason = f"{outcome.reason} {outcome.sku}" if outcome else f"unreadable {parcel.topic}"
        outbox.give_up(connection, parcel.id, reason)
        log.error("order refused key=%s reason=%s", parcel.key, reason)

    def _postpone(self, parcel: Parcel, error: str) -> None:
        with writing(self._database) as connection:
            if not orders.is_wanted(connection, parcel.key):
                outbox.withdraw(connection, parcel.id, f"{CANCELLED} {error}")
                return
            if parcel.attempts + 1 >= ATTEMPTS:
                outbox.give_up(connection, parcel.id, error)
                orders.failed(connection, parcel.key)
                return
            pause = timedelta(seconds=min(2**parcel.attempts, LONGEST_PAUSE))
            outbox.retry(connection, parcel.id, error, self._clock() + pause)


def order_request(parcel: Parcel) -> OrderRequest:
    """The order a parcel holds."""
    content = parcel.payload
    currency = content["currency"]
    lines = tuple(
        CartLine(line["sku"], line["quantity"], Money(line["price"], currency), line.get("offer"))
        for line in content["lines"]
    )
    return OrderRequest(parcel.key, lines, Money(content["total"], currency))
