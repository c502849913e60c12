"""`python -m bot.engine.serve`: serves the verified model on the loopback, through our one door and no other."""

import argparse
import os
import sys
import time
import warnings
from pathlib import Path

from bot.engine.archive import ModelRefusedError, verified_model
from bot.engine.lean import keep_tensorflow_out
from bot.engine.process import calm_environment

_KEYS = ("TRESEN_ENGINE_KEY", "TRESEN_ACTIONS_KEY")
_SHORTEST_KEY = 16


def main(arguments: "list[str] | None" = None) -> int:
    """Serve until stopped; exit code 1 with a sentence on standard error if it must not start."""
    parser = argparse.ArgumentParser(prog="python -m bot.engine.serve", description=__doc__)
    parser.add_argument("--port", type=int, default=int(os.environ.get("TRESEN_ENGINE_PORT") or 5005))
    parser.add_argument("--models", type=Path, default=None, help="folder of current.json (TRESEN_MODELS, models)")
    given = parser.parse_args(arguments)
    started = time.monotonic()
    for name in _KEYS:
        if len(os.environ.get(name, "")) < _SHORTEST_KEY:
            return _refuse(f"{name} must hold at least {_SHORTEST_KEY} characters")
    try:
        path, record = verified_model(given.models or Path(os.environ.get("TRESEN_MODELS") or "models"))
    except ModelRefusedError as error:
        return _refuse(str(error))
    calm_environment()
    keep_tensorflow_out()
    warnings.simplefilter("ignore")  # Rasa's libraries warn about each other; training has said what matters
    # Rasa may be imported only now that its environment is set
    from bot.engine.app import engine_app  # noqa: PLC0415
    from bot.engine.logs import configure_logs  # noqa: PLC0415

    configure_logs()
    app = engine_app(path, record.sha256[:12], Path("endpoints.yml"), started)
    try:
        app.run(host="127.0.0.1", port=given.port, workers=1, access_log=False, debug=False)
    except ModelRefusedError as error:
        return _refuse(str(error))
    return 0


def _refuse(reason: str) -> int:
    print(reason, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
