"""`tresen console`: who may use the review console."""

import sys
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated, Literal

import typer
from sqlalchemy import Connection, Engine

from actions.settings import read_settings
from actions.store import audit_log, staff
from actions.store.audit_log import Anchor
from actions.store.engine import reading, writing
from actions.store.staff import Person
from bot.commands.opening import open_shop
from bot.commands.telling import BY, AsJson, Limit, counted, fail, failing, print_json, say
from bot.review.anchoring import AnchorFile
from bot.review.passwords import HASHER, LONGEST, SHORTEST, is_long_enough
from bot.transcripts import digesting

RoleName = Literal["viewer", "reviewer", "editor", "admin"]
Name = Annotated[str, typer.Argument(help="what they sign in with")]

app = typer.Typer(no_args_is_help=True, add_completion=False, help="The review console and who may use it.")


@app.command()
def add_user(
    name: Name,
    *,
    role: Annotated[RoleName, typer.Option("--role", help="what they may do")],
    shown_as: Annotated[str, typer.Option("--shown-as", help="how colleagues see them")] = "",
    language: Annotated[Literal["de", "en"], typer.Option("--language", help="of the console")] = "de",
) -> None:
    """Let somebody use the console; the password is asked for, or read from standard input."""
    shop, password = open_shop(), new_password()
    with writing(shop) as connection:
        added = staff.add(
            connection,
            name=name,
            shown_as=shown_as or name,
            role=staff.role_of(role),
            password=password,
            language=language,
        )
        if added is None:
            raise fail(f"There is somebody called {name} already.")
        note(connection, "user_added", added.name, role)
    say(f"{added.name} may sign in as {role}.")


@app.command()
def list_users(as_json: AsJson = False) -> None:
    """Who may use the console, who no longer may, and as what."""
    with reading(open_shop()) as connection:
        people = staff.every(connection)
    if as_json:
        print_json([document(person) for person in people])
        return
    for person in people:
        print("  ".join(str(value) for value in document(person).values()))


@app.command()
def set_password(name: Name) -> None:
    """Change somebody's password, asked for or read from standard input; their sessions end."""
    shop = open_shop()
    with reading(shop) as connection:
        known(connection, name)
    password = new_password()
    with writing(shop) as connection:
        person = known(connection, name)
        staff.set_password(connection, person.id, password)
        note(connection, "password_changed", person.name)
    say(f"{person.name} has a new password; whoever was signed in with the old one is not any more.")


@app.command()
def set_role(name: Name, role: RoleName) -> None:
    """Change what somebody may do, from their next click on."""
    with writing(open_shop()) as connection:
        person = known(connection, name)
        staff.set_role(connection, person.id, staff.role_of(role))
        note(connection, "role_changed", person.name, role, was=person.role.word)
    say(f"{person.name} is {role} now.")


@app.command()
def remove_user(name: Name) -> None:
    """Let somebody in no longer; their sessions end, and what they reviewed keeps their name."""
    with writing(open_shop()) as connection:
        person = known(connection, name)
        staff.remove(connection, person.id)
        note(connection, "user_removed", person.name)
    say(f"{person.name} may not sign in any more.")


@app.command()
def refresh() -> None:
    """Read every conversation again for the list, filters and search; the running house does so for what is new."""
    written = digesting.rebuild(open_shop(), datetime.now(UTC))
    say(f"{counted(written, 'conversation')} had something new.")


@app.command()
def audit(
    *,
    verify: Annotated[bool, typer.Option("--verify", help="only whether the chain of entries is whole")] = False,
    anchor: Annotated[
        str, typer.Option("--anchor", metavar="NUMBER:CHECKSUM", help="with --verify: an entry it has to hold")
    ] = "",
    limit: Limit = 20,
    as_json: AsJson = False,
) -> None:
    """Who did what in the console, the latest first; `--verify` reads the chain, exit code 1 where it broke."""
    if anchor and not verify:
        raise typer.BadParameter("--anchor is compared by --verify")
    shop = open_shop()
    if verify:
        _verify(shop, anchor)
        return
    with reading(shop) as connection:
        entries = audit_log.latest(connection, limit)
    if as_json:
        print_json([asdict(entry) for entry in entries])
        return
    for entry in entries:
        who = entry.who or "-"
        print(f"{entry.id:>6}  {entry.at:%Y-%m-%d %H:%M:%S}  {who}  {entry.what}  {entry.subject}".rstrip())


def _verify(shop: Engine, anchor: str) -> None:
    """Whether the chain is whole and holds what it held before; one line and exit code 1 where not."""
    kept = AnchorFile.of_house(read_settings().home)
    with failing(OSError, ValueError, because="It cannot be said how far the log had come: "):
        anchors = [each for each in (kept.read(), Anchor.read(anchor) if anchor else None) if each]
    with reading(shop) as connection:
        broken = audit_log.first_broken(connection)
        cut = next((each for each in anchors if not audit_log.holds(connection, each)), None)
        last = audit_log.head(connection)
    if broken is not None:
        raise fail(f"The log was changed: entry {broken} is not as it was written, or one before it is missing.")
    if cut is not None:
        raise fail(f"The log was cut off or written anew: it held {cut} and does not any more.")
    kept.advance(shop)
    say(f"The log is whole; its last entry is {last or 'none'}.")


def known(connection: Connection, name: str) -> Person:
    """Who is called so and may sign in; one line and exit code 1 where nobody is."""
    person = staff.named(connection, name)
    if person is None or not person.active:
        raise fail(f"There is nobody called {name}.")
    return person


def note(connection: Connection, what: str, subject: str, role: str = "", **more: str) -> None:
    """Write down what was changed."""
    details = {**({"role": role} if role else {}), **more}
    audit_log.add(connection, who=BY, what=what, subject=subject, details=details, now=datetime.now(UTC))


def new_password() -> str:
    """The hash of a password from the prompt, asked twice, or of the first line of standard input."""
    if sys.stdin.isatty():
        given = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    else:
        given = sys.stdin.readline().rstrip("\r\n")
    if not is_long_enough(given):
        raise fail(f"A password has {SHORTEST} to {LONGEST} characters.")
    return HASHER.hash(given)


def document(person: Person) -> dict[str, object]:
    """Somebody as a document, without the password."""
    return {
        "name": person.name,
        "shown_as": person.shown_as,
        "role": person.role.word,
        "language": person.language,
        "active": person.active,
    }
