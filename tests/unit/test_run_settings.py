"""Settings that cannot be right are refused before anything starts, and reach every process that needs them."""

import pytest

from actions.settings import Settings, read_settings
from bot import run as house
from bot.run import CannotRunError, processes


def settings_with(**values: str) -> Settings:
    return read_settings(values)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TRESEN_RATE_LIMIT", "often"),
        ("TRESEN_SESSION_LIMIT", "0/minute"),
        ("TRESEN_ENGINE_TIMEOUT", "abc"),
        ("TRESEN_SESSION_DAYS", "0"),
        ("TRESEN_CHECKOUT_HOURS", "-1"),
    ],
)
def test_a_value_that_cannot_be_right_is_refused_before_anything_starts(name: str, value: str) -> None:
    with pytest.raises(CannotRunError, match=f"{name} must be a number .*, not '{value}'"):
        house.check_settings(settings_with(**{name: value}))


def test_fractions_and_every_default_are_accepted() -> None:
    house.check_settings(settings_with(TRESEN_SESSION_DAYS="0.5", TRESEN_RATE_LIMIT="5/second"))
    house.check_settings(settings_with())


def test_the_trainer_and_the_engine_look_into_the_same_folder(monkeypatch, tmp_path) -> None:
    heard: list[dict[str, str]] = []
    monkeypatch.setattr(
        house.subprocess,
        "run",
        lambda *_, env, **__: heard.append(env) or house.subprocess.CompletedProcess([], 0),
    )
    values = settings_with(TRESEN_MODELS=str(tmp_path), TRESEN_SECRET="sealing-wax")
    house.train(lambda _said: None, values)
    (engine,) = [process for process in processes(values) if process.name == "engine"]
    assert heard[0]["TRESEN_MODELS"] == engine.environment["TRESEN_MODELS"] == str(tmp_path)
    assert "sealing-wax" not in heard[0].values()
