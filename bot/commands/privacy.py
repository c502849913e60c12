"""`tresen privacy`: everything held about one person, handed over, erased, kept back or erased again."""

import getpass
from datetime import UTC, datetime
from typing import Annotated

import typer
from sqlalchemy import Engine

from actions.settings import Settings, read_settings
from actions.store import audit_log
from actions.store.engine import reading, writing
from actions.store.scrubbing import scrub
from bot.commands.house import SAID, tell_the_house
from bot.commands.opening import open_shop
from bot.commands.telling import BY, AsJson, Language, counted, fail, print_json, say
from bot.privacy import holds
from bot.privacy.erase_list import EraseList, What
from bot.privacy.erasing import Erased, conversations_of, customer_of, erase_customer, erase_subject
from bot.privacy.erasing import reapply as erase_again
from bot.privacy.holds import HeldError, Hold
from bot.privacy.periods import Periods
from bot.privacy.record import record
from bot.privacy.subject import export_subject
from bot.seals import house_seals
from bot.transcripts.originals import OriginalSeal

app = typer.Typer(
    no_args_is_help=True, add_completion=False, help="One person's data: hand over, erase, keep back."
)
Customer = Annotated[
    bool, typer.Option("--customer", help="All conversations of the same customer, and whose orders were.")
]
Reason = Annotated[str, typer.Option(help="Why it must be kept; shown to whoever wants to erase it.")]


@app.command()
def export(conversation: str) -> None:
    """Everything recorded under a conversation's id, as one JSON document."""
    settings = read_settings()
    seal = OriginalSeal.of_house(house_seals(settings.home, settings.values))
    with writing(open_shop()) as connection:
        found = export_subject(connection, conversation, Periods.read(settings), seal)
        if found is None:
            raise fail(f"There is no conversation {conversation}.")
        details = {"format": "subject", "originals": len(found["originals"])}
        now = datetime.now(UTC)
        audit_log.add(connection, who=BY, what="exported", subject=conversation, details=details, now=now)
    print_json(found)


@app.command()
def erase(conversation: str, customer: Customer = False, as_json: AsJson = False) -> None:
    """Erase a conversation everywhere, in the memory of a running house too; orders stay without the link to it."""
    engine, settings = open_shop(), read_settings()
    erased_list = erase_list(settings)
    with reading(engine) as connection:
        who = customer_of(connection, conversation) if customer else None
        chats = conversations_of(connection, who) if who else (conversation,)
    erased = _erase(engine, erased_list, chats, who)
    told = {tell_the_house(settings, chat) for chat in chats}
    # a turn that was being answered may have written once more before the house erased it
    left = _erase(engine, erased_list, chats, who, again=True).left
    if erased.rows == 0:
        raise fail(f"There is no conversation {conversation}.")
    house = next(name for name in SAID if name in told)
    clean = scrub(engine)
    if as_json:
        print_json({"rows": erased.rows, "left": left, "house": house, "log_emptied": clean})
        return
    waits = "" if clean else "; the database's log is in use and is emptied by the next run of retention"
    say(f"{counted(erased.rows, 'row')} erased, {left} left; {SAID[house]}{waits}.")


def _erase(
    engine: Engine, erased: EraseList, chats: tuple[str, ...], customer: str | None, *, again: bool = False
) -> Erased:
    now = datetime.now(UTC)
    try:
        with writing(engine) as connection:
            found = [erase_customer(connection, customer)] if customer else []
            found += [erase_subject(connection, chat) for chat in chats]
            if not again and any(each.rows for each in found):
                for chat in chats:
                    erased.add(What.CONVERSATION, chat, now)
                if customer:
                    erased.add(What.CUSTOMER, customer, now)
    except HeldError as held:
        raise fail(f"{held} Release it first (tresen privacy release {held.conversation}).") from held
    return Erased(sum(each.rows for each in found), sum(each.left for each in found))


def erase_list(settings: Settings) -> EraseList:
    """The list of this house."""
    return EraseList.of_house(settings.home, house_seals(settings.home, settings.values))


@app.command()
def reapply(as_json: AsJson = False) -> None:
    """Erase again, after a backup was restored, whatever was erased since it was made."""
    engine, listed = open_shop(), erase_list(read_settings())
    try:
        with writing(engine) as connection:
            erased = erase_again(connection, listed)
    except HeldError as held:
        raise fail(f"{held} Nothing was erased.") from held
    scrub(engine)
    known = len(listed.read())
    if as_json:
        print_json({"listed": known, "rows": erased.rows, "left": erased.left})
        return
    say(f"{counted(known, 'erasure')} on the list; {counted(erased.rows, 'row')} erased again, {erased.left} left.")


@app.command("record")
def print_record(language: Language = "en") -> None:
    """The record of processing activities: every column with its purpose and period, as Markdown."""
    print(record(language), end="")


@app.command()
def hold(conversation: str, reason: Reason) -> None:
    """Keep a conversation although its period ends or somebody wants it erased, for a dispute or by law."""
    placed = Hold(conversation, reason.strip(), getpass.getuser(), datetime.now(UTC))
    if not placed.reason:
        raise fail("A hold needs a reason.")
    with writing(open_shop()) as connection:
        if not holds.place(connection, placed):
            raise fail(f"There is no conversation {conversation}.")
    say(f"Conversation {conversation} is kept until it is released.")


@app.command()
def release(conversation: str) -> None:
    """End a hold; retention and erasing apply again."""
    with writing(open_shop()) as connection:
        if not holds.release(connection, conversation):
            raise fail(f"Conversation {conversation} is not held.")
    say(f"Conversation {conversation} is released.")


@app.command("holds")
def list_holds(as_json: AsJson = False) -> None:
    """All conversations that must be kept, why and since when."""
    with reading(open_shop()) as connection:
        kept = holds.every(connection)
    if as_json:
        print_json([{name: getattr(each, name) for name in Hold.__slots__} for each in kept])
        return
    for each in kept:
        say(f"{each.conversation}  {each.placed_at:%Y-%m-%d}  {each.placed_by}  {each.reason}")
