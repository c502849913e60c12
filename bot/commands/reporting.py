"""An import in sentences: what is new, what was passed over and why, what people have to decide."""

from collections.abc import Iterator

from actions.store.importing import FileReport, ImportReport
from bot.commands.telling import counted

MOST_NOTES = 20
MOST_NAMED = 5
RELATIONS = {
    "proposed": "of the feed, proposals now: `tresen matrix export` shows them",
    "known": "of the feed, known already",
    "to_nothing": "of the feed, to products that are not here",
    "withdrawn": "withdrawn, the feed no longer states them",
    "no_longer_stated": "you decided on, no longer stated by the feed; they stay",
}


def told(report: ImportReport) -> Iterator[str]:
    """Every line a person reads about the import."""
    for file in report.files:
        if report.nothing_kept and file.ok:
            yield f"{file.path}: {counted(file.lines, 'line')} in order, nothing imported"
        else:
            yield from _of_file(file, dry_run=report.dry_run)
    if report.nothing_kept:
        yield "Nothing of the shop was kept: put the files named above in order and import it again."
    if report.off_sale:
        verb = "would go" if report.dry_run else "went"
        named = ", ".join(report.off_sale[:MOST_NAMED]) + ", ..." * (len(report.off_sale) > MOST_NAMED)
        yield f"{counted(len(report.off_sale), 'product')} that no file names {verb} off sale: {named}"


def _of_file(file: FileReport, *, dry_run: bool) -> Iterator[str]:
    for problem in file.problems:
        where = f"{problem.line}, {problem.column}" if problem.column else problem.line
        yield f"{file.path} {file.counts} {where}: {problem.reason}"
    if not file.ok:
        yield f"{file.path}: {counted(file.problem_count, 'problem')}, nothing imported"
        return
    would = "would be " if dry_run else ""
    counts = f"{file.inserted} {would}new, {file.updated} {would}changed, {file.unchanged} unchanged"
    read_as = f" (read as {file.format})" if file.format not in {"", "tresen"} else ""
    yield f"{file.path}{read_as}: {counted(file.lines, 'line')}, {counts}"
    yield from _details(file, would)


def _details(file: FileReport, would: str) -> Iterator[str]:
    for reason, count in file.left_out.items():
        yield f"  {count} left out: {reason}"
    if file.removed:
        yield f"  {file.removed} {would}taken away again"
    if file.missing:
        fate = f"{would}taken out" if file.removed else "they stay (--remove-missing takes them out)"
        yield f"  {counted(len(file.missing), 'row')} of the matrix not in the file; {fate}:"
        yield from (f"    {row}" for row in file.missing[:MOST_NOTES])
        rejected = sum("rejected" in row for row in file.missing)
        if file.removed and rejected:
            were = "was a rejection" if rejected == 1 else "were rejections"
            yield f"  {rejected} of them {were}; what was kept back may be proposed again"
    if file.unknown_products:
        lines = sum(file.unknown_products.values())
        named = counted(len(file.unknown_products), "product")
        yield f"  {counted(lines, 'line names', 'lines name')} {named} the catalogue lacks"
        often = sorted(file.unknown_products, key=lambda sku: (-file.unknown_products[sku], sku))
        yield f"  above all {', '.join(often[:MOST_NAMED])}"
    for name, count in file.relations.items():
        yield f"  {counted(count, 'relation')} {RELATIONS[name]}"
    for note in file.notes[:MOST_NOTES]:
        yield f"  {note}"
    if len(file.notes) > MOST_NOTES:
        yield f"  and {counted(len(file.notes) - MOST_NOTES, 'more note', 'more notes')} of this kind"
