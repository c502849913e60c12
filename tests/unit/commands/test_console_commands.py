"""`tresen console`: who may use the review console."""

from datetime import UTC, datetime

import pytest
import yaml
from sqlalchemy import text
from typer.testing import CliRunner

from actions.store import audit_log, label_corrections, staff
from actions.store.engine import migrate, open_engine, reading, writing
from bot.cli import app
from bot.review.passwords import HASHER, is_right
from tests.review.talks import Said as Line
from tests.review.talks import hold
from tests.unit.commands.conftest import Said

PASSWORD = "correct horse battery"


@pytest.fixture
def typing(tresen):
    """Runs `tresen console` with something on standard input."""

    def run(*words: str, given: str = f"{PASSWORD}\n") -> Said:
        result = CliRunner().invoke(app, ["console", *words], prog_name="tresen", input=given)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Said(result.exit_code, result.stdout, result.stderr)

    return run


def opened(tresen):
    return open_engine(f"sqlite:///{tresen.home / 'core.db'}")


def test_somebody_is_let_in_with_a_hash_of_the_password(tresen, typing) -> None:
    said = typing("add-user", "Anna", "--role", "admin", "--shown-as", "Anna Berg", "--language", "en")
    assert (said.code, said.sentences) == (0, ["anna may sign in as admin."])
    assert tresen.asked("console", "list-users") == [
        {"name": "anna", "shown_as": "Anna Berg", "role": "admin", "language": "en", "active": True}
    ]
    with reading(opened(tresen)) as connection:
        anna = staff.named(connection, "ANNA")
    assert anna is not None
    assert anna.password.startswith("$argon2id$")
    assert is_right(HASHER, anna.password, PASSWORD)


@pytest.mark.parametrize("given", ["short\n", "\n", "", "x" * 201 + "\n"])
def test_a_password_too_short_or_too_long_is_refused(tresen, typing, given: str) -> None:
    said = typing("add-user", "anna", "--role", "admin", given=given)
    assert (said.code, said.sentences) == (1, ["A password has 10 to 200 characters."])
    assert tresen.asked("console", "list-users") == []


def test_a_name_is_given_once_and_again_after_it_was_removed(tresen, typing) -> None:
    assert typing("add-user", "anna", "--role", "viewer").code == 0
    said = typing("add-user", "ANNA", "--role", "admin")
    assert (said.code, said.sentences) == (1, ["There is somebody called ANNA already."])
    assert tresen("console", "remove-user", "anna").code == 0
    assert tresen("console", "set-role", "anna", "admin").code == 1
    assert [each["active"] for each in tresen.asked("console", "list-users")] == [False]
    assert typing("add-user", "anna", "--role", "reviewer").code == 0
    assert [each["role"] for each in tresen.asked("console", "list-users")] == ["reviewer"]


def test_a_new_password_takes_the_place_of_the_old_one(tresen, typing) -> None:
    typing("add-user", "anna", "--role", "viewer")
    assert typing("set-password", "anna", given="another long one\n").code == 0
    with reading(opened(tresen)) as connection:
        anna = staff.named(connection, "anna")
    assert anna is not None
    assert is_right(HASHER, anna.password, "another long one")
    assert not is_right(HASHER, anna.password, PASSWORD)


@pytest.mark.parametrize(
    "words", [("set-password", "nobody"), ("set-role", "nobody", "admin"), ("remove-user", "nobody")]
)
def test_nobody_can_be_changed_who_is_not_there(typing, words) -> None:
    said = typing(*words)
    assert (said.code, said.sentences) == (1, ["There is nobody called nobody."])


def test_every_change_is_in_the_audit_log_and_no_password_is(tresen, typing) -> None:
    typing("add-user", "anna", "--role", "viewer")
    typing("set-password", "anna", given="another long one\n")
    tresen("console", "set-role", "anna", "editor")
    tresen("console", "remove-user", "anna")
    with reading(opened(tresen)) as connection:
        entries = list(audit_log.every(connection))
        assert audit_log.first_broken(connection) is None
    assert [(e.who, e.what, e.subject, e.details) for e in entries] == [
        ("command line", "user_added", "anna", {"role": "viewer"}),
        ("command line", "password_changed", "anna", {}),
        ("command line", "role_changed", "anna", {"role": "editor", "was": "viewer"}),
        ("command line", "user_removed", "anna", {}),
    ]


def test_a_role_that_does_not_exist_is_wrong_use(typing) -> None:
    assert typing("add-user", "anna", "--role", "boss").code == 2


def test_the_audit_log_is_printed_and_verified(tresen, typing) -> None:
    typing("add-user", "anna", "--role", "viewer")
    tresen("console", "set-role", "anna", "editor")
    assert [entry["what"] for entry in tresen.asked("console", "audit")] == ["role_changed", "user_added"]
    assert "user_added  anna" in tresen("console", "audit").out
    said = tresen("console", "audit", "--verify")
    assert (said.code, said.sentences[0][:36]) == (0, "The log is whole; its last entry is ")
    engine = opened(tresen)
    with writing(engine) as connection:
        connection.execute(text("DROP TRIGGER audit_log_no_update"))
        connection.execute(text("UPDATE audit_log SET subject = 'ben' WHERE id = 1"))
    engine.dispose()
    said = tresen("console", "audit", "--verify")
    assert said.code == 1
    assert said.sentences == ["The log was changed: entry 1 is not as it was written, or one before it is missing."]


def test_a_log_that_was_cut_off_is_told_from_a_whole_one(tresen, typing) -> None:
    typing("add-user", "anna", "--role", "viewer")
    tresen("console", "set-role", "anna", "editor")
    kept = tresen("console", "audit", "--verify").sentences[0].rpartition(" ")[2].removesuffix(".")
    engine = opened(tresen)
    with writing(engine) as connection:
        connection.execute(text("DROP TRIGGER audit_log_no_delete"))
        connection.execute(text("DELETE FROM audit_log WHERE id = 2"))
    engine.dispose()
    said = tresen("console", "audit", "--verify")
    assert (said.code, said.sentences) == (
        1,
        [f"The log was cut off or written anew: it held {kept} and does not any more."],
    )
    # whoever can write to TRESEN_HOME too is found out by an anchor that is kept elsewhere
    (tresen.home / "audit-anchor").unlink()
    assert tresen("console", "audit", "--verify", "--anchor", kept).code == 1
    assert tresen("console", "audit", "--verify").code == 0


def test_an_anchor_that_is_none_is_not_taken_for_a_whole_log(tresen) -> None:
    said = tresen("console", "audit", "--verify", "--anchor", "3:abc")
    assert (said.code, "is no anchor" in said.sentences[0]) == (1, True)
    assert tresen("console", "audit", "--anchor", "3:abc").code == 2
    (tresen.home / "audit-anchor").write_text("who knows")
    assert tresen("console", "audit", "--verify").code == 1


def test_an_empty_log_is_whole(tresen) -> None:
    assert tresen("console", "audit", "--verify").code == 0
    assert tresen.asked("console", "audit") == []


def test_refreshing_reads_every_conversation_again(tresen) -> None:
    engine = opened(tresen)
    migrate(engine)
    with writing(engine) as connection:
        hold(connection, "c" * 32, Line("ich suche ein rad"), at=datetime.now(UTC))
    engine.dispose()
    assert tresen("console", "refresh").sentences == ["1 conversation had something new."]
    assert tresen("console", "refresh").sentences == ["0 conversations had something new."]


@pytest.mark.parametrize(("form", "begin"), [("jsonl", '{"conversation"'), ("csv", "\ufeffconversation,")])
def test_an_export_hides_personal_details_and_is_written_down(tresen, form: str, begin: str) -> None:
    engine = opened(tresen)
    migrate(engine)
    with writing(engine) as connection:
        hold(connection, "c" * 32, Line("ich bin kim@example.com"), at=datetime.now(UTC))
    engine.dispose()
    said = tresen("transcripts", "export", "--format", form)
    assert said.out.startswith(begin)
    assert "kim@example.com" not in said.out
    assert "ich bin" in said.out
    (entry,) = tresen.asked("console", "audit")
    assert (entry["who"], entry["what"], entry["subject"]) == ("command line", "exported", form)


def test_accepted_labels_are_exported_by_part_with_the_diff_beside_them(tresen) -> None:
    engine = opened(tresen)
    migrate(engine)
    with writing(engine) as connection:
        (message,) = hold(connection, "c" * 32, Line("gibbet dat och in klein"), at=datetime.now(UTC))
        said = {"conversation": "c" * 32, "message": message, "intent": "ask_availability"}
        marked = [label_corrections.Annotation(18, 23, "value")]
        label_corrections.propose(connection, **said, annotations=marked, by=None, now=datetime.now(UTC))
        number = label_corrections.of_messages(connection, [message])[message].id
        label_corrections.decide(connection, number, accept=True, by=None, now=datetime.now(UTC))
    engine.dispose()
    files = {
        part: tresen("transcripts", "export", "--format", "rasa-nlu", "--part", part)
        for part in ("training", "holdout")
    }
    mine, other = ("training", "holdout") if "gibbet" in files["training"].out else ("holdout", "training")
    (block,) = yaml.safe_load(files[mine].out)["nlu"]
    assert block == {"intent": "ask_availability", "examples": "- gibbet dat och in [klein](value)\n"}
    assert files[mine].sentences[-1] == "+ gibbet dat och in [klein](value)"
    alone = tresen("transcripts", "export", "--format", "rasa-nlu", "--part", mine, "--words-only")
    assert "- gibbet dat och in klein\n" in alone.out
    assert yaml.safe_load(files[other].out) == {"version": "3.1", "nlu": []}
    assert {entry["subject"] for entry in tresen.asked("console", "audit")} == {"rasa-nlu"}


@pytest.mark.parametrize("form", ["rasa-test", "golden"])
def test_a_conversation_is_exported_as_a_test(tresen, form: str) -> None:
    engine = opened(tresen)
    migrate(engine)
    with writing(engine) as connection:
        hold(connection, "c" * 32, Line("ich bin kim@example.com"), at=datetime.now(UTC))
    engine.dispose()
    said = tresen("transcripts", "export", "c" * 32, "--format", form)
    assert ("stories" if form == "rasa-test" else "turns") in yaml.safe_load(said.out)
    assert "kim@example.com" not in said.out
    (entry,) = tresen.asked("console", "audit")
    assert (entry["what"], entry["subject"]) == ("exported", "c" * 32)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(("0" * 32, "--format", "golden"), 1), (("--format", "golden"), 2), (("0" * 32, "--format", "csv"), 2)],
)
def test_a_test_needs_a_conversation_that_is_there(tresen, arguments: tuple[str, ...], code: int) -> None:
    tresen("console", "refresh")
    assert tresen("transcripts", "export", *arguments).code == code
