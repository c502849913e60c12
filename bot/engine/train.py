"""`python -m bot.engine.train`: trains the model of the project in the current folder, if anything has changed."""

import argparse
import fcntl
import logging
import os
import sys
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timezone
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bot.engine.archive import (
    LINES,
    ModelRecord,
    ModelRefusedError,
    file_hash,
    read_record,
    training_fingerprint,
    training_folders,
    verified_model,
    write_record,
)
from bot.engine.lean import keep_tensorflow_out
from bot.engine.lines import BadLinesError, read_lines, write_sample
from bot.engine.process import calm_environment


def main(arguments: "list[str] | None" = None) -> int:
    """Exit code 0 with a model in place, 1 with a sentence on standard error."""
    parser = argparse.ArgumentParser(prog="python -m bot.engine.train", description=__doc__)
    parser.add_argument("--models", type=Path, default=None, help="where the archive goes (TRESEN_MODELS, models)")
    parser.add_argument("--force", action="store_true", help="train even if nothing has changed")
    given = parser.parse_args(arguments)
    models = given.models or Path(os.environ.get("TRESEN_MODELS") or "models")
    fingerprint = training_fingerprint(Path())
    with _alone_in(models):
        if not given.force and _is_current(models, fingerprint):
            print("model is current, nothing to train", flush=True)
            return 0
        try:
            record = train(models, fingerprint)
        except (ModelRefusedError, BadLinesError) as error:
            print(error, file=sys.stderr)
            return 1
        print(f"trained {record.file} in {record.seconds:.0f} s", flush=True)
    return 0


@contextmanager
def _alone_in(models: Path) -> Iterator[None]:
    """Two trainings at once would do the same work twice and remove each other's archives."""
    models.mkdir(parents=True, exist_ok=True)
    folder = os.open(models, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def train(models: Path, fingerprint: str) -> ModelRecord:
    """Train, then record the archive; raises `ModelRefusedError` if Rasa made none, `BadLinesError`."""
    lines = read_lines(Path(LINES))
    calm_environment()
    os.environ["LOG_LEVEL"] = "ERROR"  # also stills Rasa's progress bars
    keep_tensorflow_out()
    started = time.monotonic()
    print("loading Rasa ...", flush=True)
    _quieten_warnings()
    # Rasa may be imported only now that its environment is set
    from rasa.model_training import train as rasa_train  # noqa: PLC0415
    from rasa.utils.log_utils import configure_structlog  # noqa: PLC0415

    configure_structlog(logging.ERROR)
    name = f"tresen-{fingerprint[:12]}.tar.gz"
    print(f"training {name} ...", flush=True)
    with TemporaryDirectory() as folder:
        sample = Path(folder) / "lines.yml"
        write_sample(lines, sample)
        result = rasa_train(
            domain="domain.yml",
            config="config.yml",
            training_files=[*training_folders(Path()), str(sample)],
            output=str(models),
            force_training=True,
            fixed_model_name=name,
        )
    if result.code or not result.model:
        raise ModelRefusedError("training failed")
    record = ModelRecord(
        file=name,
        sha256=file_hash(models / name),
        fingerprint=fingerprint,
        trained_at=datetime.now(timezone.utc).isoformat(timespec="seconds"),
        seconds=round(time.monotonic() - started, 1),
    )
    write_record(models, record)
    _remove_all_but(name, models)
    return record


def _remove_all_but(name: str, models: Path) -> None:
    for older in models.glob("tresen-*.tar.gz"):
        if older.name != name:
            older.unlink()


def _quieten_warnings() -> None:
    """What Rasa says of our data is worth reading; what libraries say of each other is not.

    Libraries set the filters anew while they are imported, so the showing is replaced, not the filters.
    """
    # the classifier answers for the response selector, no slot fills itself, and Rasa merges retrieval intents
    # into the domain they already stand in
    known = (
        "You have defined training data with examples for training a response",
        "Slot auto-fill",
        "The following duplicated intents have been found",
    )

    def show(message: "Warning | str", category: type[Warning], *_: Any, **__: Any) -> None:
        if category is UserWarning and not str(message).startswith(known):
            print(f"warning: {message}", file=sys.stderr)

    warnings.showwarning = show


def _is_current(models: Path, fingerprint: str) -> bool:
    try:
        record = read_record(models)
        return record is not None and record.fingerprint == fingerprint and bool(verified_model(models))
    except ModelRefusedError:
        return False


if __name__ == "__main__":
    sys.exit(main())
