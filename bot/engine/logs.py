"""Engine logs: one JSON object a line, never a shopper's words, whoever writes the line."""

import json
import logging
import traceback
from collections.abc import Iterator
from datetime import datetime, timezone
from typing import Any

import structlog

_OURS = "bot.engine"
_EXTRAS = ("message_id", "action", "error", "model", "port", "seconds")


class PlainLines(logging.Formatter):
    """Our own sentences are kept; of other libraries only place and kind, since theirs may quote the message."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, timezone.utc).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
        }
        if record.name.startswith(_OURS):
            line["event"] = record.getMessage()
            line.update({name: vars(record)[name] for name in _EXTRAS if name in vars(record)})
        else:
            line["event"] = f"{record.funcName}:{record.lineno}"
        if record.exc_info and record.exc_info[1]:
            line["exceptions"] = [
                {"kind": type(one).__name__, "at": _places(one)} for one in _chain(record.exc_info[1])
            ]
        return json.dumps(line, ensure_ascii=False)


def _chain(error: "BaseException | None") -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _places(error: BaseException) -> list[str]:
    """Where it happened, innermost last; exception texts are left out, they may quote the message."""
    frames = traceback.extract_tb(error.__traceback__)[-8:]
    return [f"{frame.filename.rpartition('site-packages/')[2]}:{frame.lineno} {frame.name}" for frame in frames]


def configure_logs() -> None:
    """Send everything of ours from INFO and everything else from WARNING to standard error."""
    handler = logging.StreamHandler()
    handler.setFormatter(PlainLines())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger(_OURS).setLevel(logging.INFO)
    logging.captureWarnings(True)
    logging.getLogger("py.warnings").setLevel(logging.ERROR)
    structlog.configure(
        processors=[_place_only],
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )


def _place_only(_logger: Any, _method: str, event: dict[str, Any]) -> str:
    """Rasa's structured lines carry texts and slots in their fields: only the name of the event goes on."""
    return str(event.get("event", ""))
