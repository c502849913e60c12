"""What was said on a channel and what was decided there, beside the web, kept as a page for people."""

from collections.abc import Sequence
from pathlib import Path

from actions.store.offer_log import LoggedDecision

ARTEFACTS = Path("artefacts")


def keep(
    channel: str,
    language: str,
    spoken: Sequence[tuple[str, str]],
    by_voice: Sequence[LoggedDecision],
    on_the_web: Sequence[LoggedDecision],
) -> None:
    """Write `spoken-CHANNEL-LANGUAGE.md`; `spoken` are a caller's lines with what was heard after each."""
    lines = [f"# A purchase over {channel}, {language}", ""]
    for said, heard in spoken:
        lines += [*([f"**{said}**", ""] if said else []), f"> {heard}", ""]
    lines += ["| decided | by voice | on the web | withheld, voice and web |", "|---|---|---|---|"]
    for voice, web in zip(by_voice, on_the_web, strict=True):
        counts = f"{len(voice.withheld)}, {len(web.withheld)}"
        lines.append(f"| {voice.asked_for or 'unasked'} | {offered(voice)} | {offered(web)} | {counts} |")
    ARTEFACTS.mkdir(exist_ok=True)
    (ARTEFACTS / f"spoken-{channel}-{language}.md").write_text("\n".join([*lines, ""]), "utf-8")


def offered(decision: LoggedDecision) -> str:
    """Kind and article of what was offered, in order."""
    return ", ".join(f"{each['kind']} {each['sku']}" for each in decision.offered) or "nothing"
