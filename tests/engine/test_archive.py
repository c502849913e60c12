"""The engine serves the model that was trained, that very file, or nothing."""

from pathlib import Path

import pytest

from bot.engine.archive import (
    ModelRecord,
    ModelRefusedError,
    file_hash,
    training_fingerprint,
    training_folders,
    verified_model,
    write_record,
)
from bot.engine.serve import main as serve


@pytest.fixture
def models(tmp_path: Path) -> Path:
    archive = tmp_path / "tresen-1.tar.gz"
    archive.write_bytes(b"model")
    write_record(tmp_path, ModelRecord(archive.name, file_hash(archive), "f", "2026-11-22T00:00:00+00:00", 1.0))
    return tmp_path


def test_the_recorded_file_is_served(models: Path) -> None:
    path, record = verified_model(models)
    assert path == models / "tresen-1.tar.gz"
    assert record.fingerprint == "f"


def test_another_content_under_the_same_name_is_refused(models: Path) -> None:
    (models / "tresen-1.tar.gz").write_bytes(b"other")
    with pytest.raises(ModelRefusedError, match="not the file that was trained"):
        verified_model(models)


def test_a_missing_file_is_refused_even_if_another_model_lies_there(models: Path) -> None:
    (models / "tresen-1.tar.gz").rename(models / "tresen-2.tar.gz")
    with pytest.raises(ModelRefusedError, match="missing"):
        verified_model(models)


def test_a_record_may_not_point_outside_its_folder(models: Path) -> None:
    write_record(models, ModelRecord("../x.tar.gz", "0", "f", "", 0.0))
    with pytest.raises(ModelRefusedError, match="outside"):
        verified_model(models)


def test_a_damaged_record_is_refused(models: Path) -> None:
    (models / "current.json").write_text("{")
    with pytest.raises(ModelRefusedError, match="damaged"):
        verified_model(models)


def test_without_a_model_or_a_key_the_engine_does_not_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TRESEN_ENGINE_KEY", "short")
    monkeypatch.setenv("TRESEN_ACTIONS_KEY", "k" * 16)
    assert serve(["--port", "1", "--models", str(tmp_path)]) == 1
    assert "TRESEN_ENGINE_KEY" in capsys.readouterr().err
    monkeypatch.setenv("TRESEN_ENGINE_KEY", "k" * 16)
    assert serve(["--port", "1", "--models", str(tmp_path)]) == 1
    assert "no trained model" in capsys.readouterr().err


def test_the_fingerprint_changes_with_a_line_and_not_with_the_shop(tmp_path: Path) -> None:
    (tmp_path / "data/nlu/de").mkdir(parents=True)
    (tmp_path / "data/shop").mkdir()
    line = tmp_path / "data/nlu/de/a.yml"
    line.write_text("nlu: []")
    before = training_fingerprint(tmp_path)
    (tmp_path / "data/shop/x.yml").write_text("product: []")
    assert training_fingerprint(tmp_path) == before
    line.write_text("nlu: [1]")
    assert training_fingerprint(tmp_path) != before
    (tmp_path / "data/rules").mkdir()
    assert training_folders(tmp_path) == [str(tmp_path / "data/rules")]
