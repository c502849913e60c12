"""`tresen transcripts`: conversations with every decision behind them."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated, Literal

import typer
from sqlalchemy import Engine, func, select

from actions.store import audit_log
from actions.store.digest_keys import Wanted
from actions.store.engine import reading, writing
from actions.store.facts import read_facts
from actions.store.tables import conversations, messages
from bot.commands.opening import open_shop
from bot.commands.since import Since, moment
from bot.commands.telling import BY, AsJson, Language, Limit, counted, fail, print_json, say
from bot.transcripts import as_tests, audit_report, digesting, exporting
from bot.transcripts.audit_report import Audit
from bot.transcripts.labelled import as_rasa_nlu, diff, read_labelled
from bot.transcripts.nlu_lines import read_taught
from bot.transcripts.redaction import Redactor
from bot.transcripts.transcript import lines, read_transcript, stages

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Conversations and the decisions behind them.")


@app.command("list")
def list_them(limit: Limit = 20, as_json: AsJson = False) -> None:
    """The conversations last active: id, moment, channel, language, stage, turns, and whether it is simulated."""
    c = conversations.c
    turns = select(func.count()).where(messages.c.conversation == c.id).scalar_subquery().label("turns")
    query = (
        select(c.id, c.active_at, c.channel, c.language, c.stage, turns, c.simulated)
        .order_by(c.active_at.desc())
        .limit(limit)
    )
    with reading(open_shop()) as connection:
        rows = [dict(row._mapping) for row in connection.execute(query)]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        marked = {**row, "simulated": "simulated" if row["simulated"] else ""}
        print("  ".join(str(value) for value in marked.values()).rstrip())


@app.command()
def show(
    conversation: str,
    *,
    only_stages: Annotated[bool, typer.Option("--stages", help="only when which stage was reached")] = False,
    language: Language = "en",
    as_json: AsJson = False,
) -> None:
    """One conversation: what was said, offered and withheld, with reasons; `--stages` its way to the order."""
    with reading(open_shop()) as connection:
        transcript = read_transcript(connection, conversation)
    if transcript is None:
        raise fail(f"There is no conversation {conversation}.")
    if as_json:
        print_json(stages(transcript) if only_stages else transcript.document())
        return
    told = [f"{s['position']:>3}  {s['at']:%Y-%m-%d %H:%M:%S}  {s['stage']}" for s in stages(transcript)]
    for line in told if only_stages else lines(transcript, language):
        print(line)


@app.command()
def audit(since: Since = "30d", as_json: AsJson = False) -> None:
    """Read what was written down again and name every offer that broke a promise; exit code 1 where one did."""
    start = moment(since, datetime.now(UTC))
    with reading(open_shop()) as connection:
        found = audit_report.audit(connection, start)
    if as_json:
        print_json(asdict(found))
    else:
        for line in lines_of_audit(found):
            print(line)
    if found.violations:
        raise fail(f"{counted(len(found.violations), 'broken promise')} found.")


@app.command()
def export(
    conversation: Annotated[str, typer.Argument(help="One conversation, for the two kinds of test.")] = "",
    *,
    form: Annotated[
        Literal["csv", "jsonl", "rasa-nlu", "rasa-test", "golden"], typer.Option("--format", help="What to write.")
    ] = "jsonl",
    part: Annotated[
        Literal["training", "holdout"], typer.Option("--part", help="Which accepted labels, for rasa-nlu.")
    ] = "training",
    words_only: Annotated[
        bool, typer.Option("--words-only", help="For rasa-nlu: the lines without the entities marked in them.")
    ] = False,
    since: Since = "30d",
) -> None:
    """Conversations active since then, accepted labels, or one conversation as a test; personal data hidden."""
    if (form in as_tests.FORMS) != bool(conversation):
        raise typer.BadParameter(f"--format {' and '.join(as_tests.FORMS)} take one conversation, the others none")
    shop, now = open_shop(), datetime.now(UTC)
    if form == "rasa-nlu":
        _export_labels(shop, part, now, words_only=words_only)
    elif conversation:
        _export_test(shop, conversation, form, now)
    else:
        _export_talks(shop, form, since, now)


def _export_talks(shop: Engine, form: str, since: str, now: datetime) -> None:
    wanted = Wanted(since=moment(since, now))
    digesting.refresh(shop, now)
    with writing(shop) as connection:
        audit_log.add(connection, who=BY, what="exported", subject=form, details={"since": since}, now=now)
    with reading(shop) as connection:
        redact = Redactor.of_shop(read_facts(connection))
        for piece in exporting.export(connection, wanted, form, redact):
            print(piece, end="")


def _export_labels(shop: Engine, part: str, now: datetime, *, words_only: bool) -> None:
    taught = read_taught()
    with writing(shop) as connection:
        labelled = read_labelled(connection, part, taught, Redactor.of_shop(read_facts(connection)))
        details = {"part": part, "lines": len(labelled.lines), "words_only": words_only}
        audit_log.add(connection, who=BY, what="exported", subject="rasa-nlu", details=details, now=now)
    for line in diff(labelled, taught):
        say(line)
    for left, why in labelled.left_out:
        say(f"left out, {why.replace('_', ' ')}: {left.text} ({left.intent})")
    print(as_rasa_nlu(labelled, words_only=words_only), end="")


def _export_test(shop: Engine, conversation: str, form: str, now: datetime) -> None:
    with writing(shop) as connection:
        text = as_tests.as_test(connection, conversation, form, Redactor.of_shop(read_facts(connection)))
        if text is None:
            raise fail(f"There is no conversation {conversation}, or nothing was said in it.")
        details = {"format": form}
        audit_log.add(connection, who=BY, what="exported", subject=conversation, details=details, now=now)
    print(text, end="")


def lines_of_audit(found: Audit) -> Iterator[str]:
    """The audit for people: what was looked at, each promise, then every violation."""
    chats = f"{found.conversations}, {found.with_offers} of them with offers"
    yield f"chats active since {found.since:%Y-%m-%d %H:%M} UTC: {chats}"
    yield f"products offered: {found.offered}, {found.unasked} of them unasked"
    for promise, untold in found.not_decidable.items():
        broken = sum(each.promise is promise for each in found.violations)
        yield f"  {promise.replace('_', ' '):<15} {broken:>4} broken  {untold:>4} not decidable"
    for each in found.violations:
        yield f"{each.conversation}  message {each.position}  {each.promise}  {each.sku}"
