"""What is held about a person can be handed over, erased and forgotten."""

import json
import socket
import threading
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from actions.store import carts, consents, conversations, messages
from actions.store.catalogue import live_product
from actions.store.engine import open_engine, reading, writing
from bot.privacy.erasing import erase_subject, rows_naming

NOW = datetime(2026, 11, 22, tzinfo=UTC)
MARK = "Zwetschgenmus-4711"


def talk(connection, name: str, at: datetime) -> None:
    conversations.create(connection, conversation_id=name, language="de", channel="web", now=at)
    taken = messages.accept(
        connection, conversation=name, client_id="m1", text=MARK, payload=None, digest="d", now=at
    )
    messages.answer(connection, taken.message_id, json.dumps({"messages": []}).encode(), now=at)
    product = live_product(connection, "MOUSE")
    assert product
    carts.put(connection, name, product, 1, now=at)
    consents.record(
        connection, conversation=name, state="service", text_version="1", language="de", channel="web", now=at
    )


def test_after_erasing_no_row_names_the_conversation_and_its_words_are_gone(electronics) -> None:
    engine = open_engine(f"sqlite:///{electronics.home / 'core.db'}")
    with writing(engine) as connection:
        talk(connection, "b" * 32, NOW)
        talk(connection, "c" * 32, NOW)
    with writing(engine) as connection:
        erased = erase_subject(connection, "b" * 32)
    assert erased.rows == 4
    assert erased.left == 0
    with reading(engine) as connection:
        assert rows_naming(connection, "b" * 32) == 0
        assert rows_naming(connection, "c" * 32) == 4


class House:
    """What answers at the gateway's address: remembers who was to be forgotten, and by whose key."""

    def __init__(self, status: int) -> None:
        self.asked: list[tuple[str, str]] = []
        house = self

        class Handler(BaseHTTPRequestHandler):
            def do_DELETE(self) -> None:
                house.asked.append((self.path, self.headers["X-Api-Key"]))
                self.send_response(status)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Silence."""

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.handle_request)
        self.thread.start()

    @property
    def port(self) -> int:
        return self.server.server_address[1]

    def close(self) -> None:
        self.thread.join()
        self.server.server_close()


@pytest.mark.parametrize(("status", "said"), [(204, "told"), (401, "refused")])
def test_erasing_tells_the_running_house_with_the_shops_key(electronics, monkeypatch, status, said) -> None:
    house = House(status)
    monkeypatch.setenv("TRESEN_PORT", str(house.port))
    (electronics.home / "api.key").write_text("k3y\n")
    engine = open_engine(f"sqlite:///{electronics.home / 'core.db'}")
    with writing(engine) as connection:
        talk(connection, "b" * 32, NOW)
    answer = electronics.asked("privacy", "erase", "b" * 32)
    house.close()
    assert answer == {"rows": 4, "left": 0, "house": said, "log_emptied": True}
    assert house.asked == [(f"/api/sessions/{'b' * 32}", "k3y")]


def test_where_no_house_runs_the_record_is_erased_all_the_same(electronics, monkeypatch) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        monkeypatch.setenv("TRESEN_PORT", str(nobody.getsockname()[1]))
        (electronics.home / "api.key").write_text("k3y\n")
        engine = open_engine(f"sqlite:///{electronics.home / 'core.db'}")
        with writing(engine) as connection:
            talk(connection, "b" * 32, NOW)
        said = electronics("privacy", "erase", "b" * 32)
    assert said.sentences == ["4 rows erased, 0 left; no house of these settings is running."]
    assert electronics("privacy", "erase", "b" * 32).code == 1
