"""`tresen transcripts`: conversations with every decision behind them."""

from typing import Annotated

import typer
from sqlalchemy import select

from actions.store.engine import reading
from actions.store.tables import conversations
from bot.commands.opening import open_shop
from bot.commands.telling import AsJson, Limit, fail, print_json
from bot.transcripts.transcript import lines, read_transcript, stages

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Conversations and the decisions behind them.")


@app.command("list")
def list_them(limit: Limit = 20, as_json: AsJson = False) -> None:
    """The conversations last active: id, moment, channel, language, stage, turns."""
    c = conversations.c
    query = (
        select(c.id, c.active_at, c.channel, c.language, c.stage, c.turns).order_by(c.active_at.desc()).limit(limit)
    )
    with reading(open_shop()) as connection:
        rows = [dict(row._mapping) for row in connection.execute(query)]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        print("  ".join(str(value) for value in row.values()))


@app.command()
def show(
    conversation: str,
    *,
    only_stages: Annotated[bool, typer.Option("--stages", help="only when which stage was reached")] = False,
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
    for line in told if only_stages else lines(transcript):
        print(line)
