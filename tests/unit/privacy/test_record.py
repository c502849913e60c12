"""Every column has a purpose and a period, and the record of processing says so as it is committed."""

from pathlib import Path

import pytest
from sqlalchemy import Column, Integer, MetaData, String, Table

import actions.store.tables  # noqa: F401  fills the metadata
from actions.settings import TABLE
from actions.store.columns import metadata
from actions.store.purposes import ENTRIES, Period, Purpose, Whose
from bot.privacy.record import FILES, record, untagged


def test_every_column_has_exactly_one_purpose_and_period() -> None:
    assert untagged(metadata) == []


def test_a_column_without_a_purpose_is_named_and_so_is_a_purpose_without_a_column() -> None:
    schema = MetaData()
    for table in metadata.sorted_tables:
        table.to_metadata(schema)
    schema.tables["conversations"].append_column(Column("shoe_size", Integer))
    Table("diaries", schema, Column("text", String))
    schema.remove(schema.tables["link_codes"])
    assert untagged(schema) == [
        "conversations.shoe_size",
        "diaries.text",
        "link_codes.code",
        "link_codes.conversation",
        "link_codes.valid_until",
    ]


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_committed_record_is_the_one_the_schema_gives(language: str) -> None:
    assert Path(FILES[language]).read_text("utf-8") == record(language)


def test_a_star_stands_only_where_nobody_is_meant() -> None:
    assert {entry.whose for entry in ENTRIES if entry.columns == "*"} == {Whose.NOBODY}


def test_every_period_that_names_a_setting_names_one_that_exists() -> None:
    known = {setting.name for setting in TABLE}
    named = {word for period in Period for word in period.value.en.split() if word.startswith("TRESEN_")}
    assert named and named <= known


def test_every_purpose_and_period_is_used() -> None:
    assert {entry.purpose for entry in ENTRIES} == set(Purpose)
    assert {entry.period for entry in ENTRIES} == set(Period)
