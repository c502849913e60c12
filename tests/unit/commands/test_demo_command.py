"""`tresen demo` needs a running house and says so."""

import socket


def test_without_a_house_there_is_one_clear_line(electronics, monkeypatch) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        port = nobody.getsockname()[1]
        monkeypatch.setenv("TRESEN_PORT", str(port))
        said = electronics("demo", "conversations", "--count", 1)
    assert said.code == 1
    assert said.sentences == [
        f"No house is ready at http://127.0.0.1:{port}: start it with `tresen run` and the same settings."
    ]
