"""`python tests/engine/inside/marking.py FILE`: how often each marker applies in the conversations of a file."""

import json
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from rasa.core.evaluation.marker_base import Marker
from rasa.shared.core.events import Event

MARKERS = "data/markers"


def applied(conversations: "Iterable[list[Event]]") -> "dict[str, int]":
    """Every marker with the number of turns it applies in."""
    marker = Marker.from_path(MARKERS)
    found = Counter({str(each): 0 for each in marker.sub_markers})
    for events in conversations:
        for session in marker.evaluate_events(events):
            found.update({name: len(places) for name, places in session.items()})
    return dict(found)


def read(documents: "Iterable[list[dict[str, Any]]]") -> "list[list[Event]]":
    """Conversations as Rasa's events."""
    return [[Event.from_parameters(document) for document in events] for events in documents]


if __name__ == "__main__":
    print(json.dumps(applied(read(json.loads(Path(sys.argv[1]).read_text("utf-8"))))))
