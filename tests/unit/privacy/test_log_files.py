"""Old lines of a log go, with what belongs to them, also while a process is writing."""

from datetime import UTC, datetime
from pathlib import Path

from bot.privacy.log_files import Shortened, shorten_logs

BEFORE = datetime(2026, 11, 8, tzinfo=UTC)
GATEWAY = """2026-11-01 07:16:53,604 WARNING old
Traceback of the old one
2026-11-08 00:00:01,000 INFO new
2026-11-09 07:16:53,604 INFO newer
"""
ENGINE = """{"at": "2026-11-07T23:59:59.078+00:00", "level": "info"}
{"at": "2026-11-08T07:17:05.078+00:00", "level": "info"}
"""


def write(folder: Path) -> None:
    (folder / "gateway.log").write_text(GATEWAY)
    (folder / "engine.log").write_text(ENGINE)


def test_lines_of_days_before_go_and_the_others_stay(tmp_path: Path) -> None:
    write(tmp_path)
    assert shorten_logs(tmp_path, BEFORE, dry_run=True) == Shortened(2, 3)
    assert (tmp_path / "gateway.log").read_text() == GATEWAY
    assert shorten_logs(tmp_path, BEFORE) == Shortened(2, 3)
    assert (tmp_path / "gateway.log").read_text() == "\n".join(GATEWAY.split("\n")[2:])
    assert (tmp_path / "engine.log").read_text() == ENGINE.splitlines()[1] + "\n"
    assert shorten_logs(tmp_path, BEFORE) == Shortened(0, 0)


def test_a_log_that_is_only_old_becomes_empty_and_one_without_dates_stays(tmp_path: Path) -> None:
    (tmp_path / "old.log").write_text("2026-01-01 00:00:00,000 INFO old\nmore of it\n")
    (tmp_path / "other.log").write_text("nobody knows when\n")
    assert shorten_logs(tmp_path, BEFORE) == Shortened(1, 2)
    assert (tmp_path / "old.log").read_text() == ""
    assert (tmp_path / "other.log").read_text() == "nobody knows when\n"


def test_who_has_the_file_open_goes_on_writing_at_its_end(tmp_path: Path) -> None:
    write(tmp_path)
    with (tmp_path / "gateway.log").open("ab", buffering=0) as process:
        shorten_logs(tmp_path, BEFORE)
        process.write(b"2026-11-10 00:00:00,000 INFO newest\n")
    assert (tmp_path / "gateway.log").read_text().splitlines()[-1] == "2026-11-10 00:00:00,000 INFO newest"
    assert len((tmp_path / "gateway.log").read_text().splitlines()) == 3


def test_without_a_folder_of_logs_there_is_nothing_to_do(tmp_path: Path) -> None:
    assert shorten_logs(tmp_path / "none", BEFORE) == Shortened(0, 0)
