"""The lines people read of `tresen kpi answers` and `tresen kpi fatigue`."""

from collections.abc import Iterator, Mapping

from actions.offers.hindsight import ENOUGH, Comparison, Value, Verdict
from actions.offers.off_policy import Estimate
from bot.commands.telling import counted as number_of
from bot.reports.answers import AnswerReport, GroupAnswers
from bot.reports.fatigue import Fatigue, Share
from bot.reports.rounding import percentage

HEAD = f"{'shown':>7}{'accepted':>10}{'declined':>10}{'ignored':>9}{'open':>6}  {'estimate (95 %)':<24}offer"


def lines_of_fatigue(counted: Fatigue) -> Iterator[str]:
    """The figures for people."""
    yield f"chats active since {counted.since:%Y-%m-%d %H:%M} UTC: {counted.opened} opened"
    yield f"conversations, those in which the shopper said something: {counted.conversations}"
    yield "offers in a conversation, share of conversations"
    yield from _shares(counted.offers)
    yield "how shoppers took it, share of conversations"
    yield from _shares(counted.reactions)
    yield f"offers made: {counted.offers_made} (one of several cards counts once), and what became of them"
    yield from _shares(counted.answers)


def _shares(shares: Mapping[str, Share]) -> Iterator[str]:
    for name, each in shares.items():
        part = "-" if each.share is None else f"{percentage(each.share)}%"
        yield f"  {name.replace('_', ' '):<15} {part:>6}  {each.count} of {each.of}"


def lines_of_answers(report: AnswerReport) -> Iterator[str]:
    """The groups, the comparison and what may be said of it."""
    yield f"learn_from_answers = {str(report.learning).lower()}"
    yield "every answer to the product named first, and the share expected to be accepted"
    yield HEAD
    yield from (_group(group) for group in report.groups)
    compared = report.comparison
    yield f"logged since {report.since:%Y-%m-%d %H:%M} UTC: {number_of(compared.offers, 'answered offer')}"
    if compared.offers:
        yield f"  {compared.drawn} of them drawn, {compared.covered:.0%} could have named what either order names"
        yield f"  {'':<12}{'SNIPS (95 %)':<26}{'DR (95 %)':<26}"
    for what, times, unit in (("accepted", 100, "of 100 offers"), ("profit", 1, "cents an offer")):
        yield from _values(compared, what, times, unit)
    yield sentence(compared)


def sentence(compared: Comparison) -> str:
    """What may be said, and no more."""
    gained = compared.difference["accepted"]
    if compared.verdict is Verdict.TOO_LITTLE or gained is None:
        return (
            f"Too little data: {number_of(compared.offers, 'answered offer')} logged; "
            f"below {ENOUGH:,} no difference under about 10 % can be shown."
        )
    if compared.verdict is Verdict.NOT_DRAWN:
        return (
            "Nothing can be said: too often one order names what could not come first when the offer was made. "
            "With learn_from_answers=true the log will tell."
        )
    told = _estimate(gained, 100, sign="+")
    if compared.verdict is Verdict.NO_DIFFERENCE:
        return f"No difference can be shown: {told} of 100 offers."
    better = "oftener" if compared.verdict is Verdict.LEARNT_BETTER else "less often"
    return f"The learnt order is accepted {better} than the order as ranked: {told} of 100 offers."


def _group(group: GroupAnswers) -> str:
    counts = f"{group.shown:>7}{group.accepted:>10}{group.declined:>10}{group.ignored:>9}{group.open:>6}"
    middle, low, high = (f"{percentage(each)}%" for each in (group.estimate, group.low, group.high))
    estimate = f"{middle} ({low} to {high})"
    return f"{counts}  {estimate:<24}{group.kind} {group.anchor} -> {group.category}"


def _values(compared: Comparison, what: str, times: int, unit: str) -> Iterator[str]:
    orders: tuple[tuple[str, Value], ...] = (
        ("as ranked", compared.as_ranked[what]),
        ("learnt", compared.learnt[what]),
    )
    for name, value in orders:
        if value.snips and value.dr:
            yield f"  {name:<12}{_estimate(value.snips, times):<26}{_estimate(value.dr, times):<26}{what}, {unit}"


def _estimate(estimate: Estimate, times: int, sign: str = "") -> str:
    low, high = estimate.low * times, estimate.high * times
    return f"{estimate.value * times:{sign}.1f} ({low:{sign}.1f} to {high:{sign}.1f})"
