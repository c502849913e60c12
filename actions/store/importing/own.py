"""Rows in Tresen's own columns, or brought into them by a mapping."""

from actions.store.importing.delivery import Delivery, Entry
from actions.store.importing.files import SourceFile
from actions.store.importing.mapping import CatalogueMapping, category_words, mapped


def deliver(file: SourceFile, mapping: CatalogueMapping | None) -> Delivery:
    """The products of the file; with a mapping, a column that it reads and the file lacks is a problem."""
    made = Delivery()
    for source in file.rows():
        if mapping is None:
            made.entries.append(Entry(source.line, source.values))
            continue
        if file.lines == 1:
            for column in sorted(mapping.sources() - set(source.values)):
                file.problems.add(1, column, "the mapping reads this column, the file does not have it")
        values = dict.fromkeys(mapping.fields(), "") | mapped(mapping, source.values)
        made.entries.append(Entry(source.line, values))
        made.categories.update(category_words(mapping, source.values))
    return made
