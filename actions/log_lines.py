"""Log lines of actions and gateway: faults by kind and place, never in their words, which may quote a shopper."""

import logging
import traceback
from types import TracebackType

FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"
Raised = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class PlainFaults(logging.Formatter):
    """Writes a traceback without source lines and without the texts of exceptions."""

    def formatException(self, ei: Raised) -> str:  # noqa: N802  the name of the standard library
        """Every exception of the chain, the last one first."""
        lines, error = [], ei[1]
        while error is not None:
            lines.append(f"{type(error).__module__}.{type(error).__qualname__}")
            lines += [f"  {at.filename}:{at.lineno} {at.name}" for at in traceback.extract_tb(error.__traceback__)]
            error = error.__cause__ or error.__context__
        return "\n".join(lines)


def configure_logs() -> None:
    """Send everything from INFO to standard error."""
    handler = logging.StreamHandler()
    handler.setFormatter(PlainFaults(FORMAT))
    logging.basicConfig(level=logging.INFO, handlers=[handler])
