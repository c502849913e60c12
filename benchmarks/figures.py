"""Measures the running house and prints the table of the README: `make bench`."""

import argparse
import json
import statistics
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from tests.stack.house import House, Visitor

TYPED = (
    "hallo",
    "ich suche ein mountainbike unter 1000 euro",
    "das erste",
    "was kostet das?",
    "wie lange dauert der versand?",
    "habt ihr auch helme?",
    "zeig mir den warenkorb",
    "danke",
)


@dataclass
class Figure:
    """One row of the table."""

    name: str
    value: str


def seconds_of_turns(house: House, clients: int, rounds: int, *, buttons: bool) -> list[float]:
    """Wall seconds of each turn; with `buttons` only rule turns (no text to understand)."""
    taken: list[float] = []
    lock = threading.Lock()

    def shop() -> None:
        visitor = Visitor(house.url)
        for _ in range(rounds):
            visitor.comes_in()
            mine = _button_turns(visitor) if buttons else _typed_turns(visitor)
            with lock:
                taken.extend(mine)
        visitor.client.close()

    threads = [threading.Thread(target=shop) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return taken


def _typed_turns(visitor: Visitor) -> list[float]:
    taken = []
    for text in TYPED:
        began = time.perf_counter()
        visitor.says(text)
        taken.append(time.perf_counter() - began)
    return taken


def _button_turns(visitor: Visitor) -> list[float]:
    visitor.says("ich suche ein mountainbike unter 1000 euro")
    taken = []
    for _ in range(len(TYPED)):
        choices = visitor.choices()
        if not choices:
            visitor.says("zeig mir den warenkorb")
            continue
        began = time.perf_counter()
        visitor.presses(choices[0]["title"])
        taken.append(time.perf_counter() - began)
    return taken


def percentile(values: list[float], share: float) -> float:
    """The value below which `share` of them lie."""
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


def cpu_seconds(house: House) -> dict[str, float]:
    """User and system seconds of each process so far."""
    return {name: sum(part.cpu_times()[:2]) for name, part in house.parts().items()}


def measure(rounds: int) -> list[Figure]:
    """Start a house, load it, and return the rows."""
    rows: list[Figure] = []
    with tempfile.TemporaryDirectory() as folder:
        house = House.build(Path(folder) / "home")
        house.start()
        rows.append(Figure("start, empty database, model trained", f"{house.seconds_to_ready:.1f} s"))
        house.stop()
        house.start()
        rows.append(Figure("start, warm", f"{house.seconds_to_ready:.1f} s"))
        try:
            rows += _turn_rows(house, rounds)
            for name, part in sorted(house.parts().items()):
                rows.append(Figure(f"memory of {name} after the load", f"{part.memory_info().rss / 1e6:.0f} MB"))
        finally:
            house.stop()
    rows += _understanding_rows()
    record = json.loads(Path("models/current.json").read_text("utf-8"))
    rows.append(Figure("training", f"{record['seconds']:.0f} s"))
    return rows


def _understanding_rows() -> list[Figure]:
    command = [".venv-rasa/bin/python", "benchmarks/nlu.py", "--json"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = json.loads(said.splitlines()[-1])
    return [
        Figure(
            f"understanding, own held-out lines, {language}",
            f"macro-F1 {one['macro_f1']:.3f}, out of scope rejected {one['out_of_scope_rejected']:.2f}, "
            f"in scope rejected {one['in_scope_rejected']:.2f}",
        )
        for language, one in sorted(found.items())
    ]


def _turn_rows(house: House, rounds: int) -> list[Figure]:
    seconds_of_turns(house, 1, 2, buttons=False)
    rows = []
    for clients in (1, 8):
        for buttons, label in ((False, "typed turns"), (True, "rule turns (buttons)")):
            before, began = cpu_seconds(house), time.perf_counter()
            taken = seconds_of_turns(house, clients, max(rounds // clients, 1), buttons=buttons)
            wall, after = time.perf_counter() - began, cpu_seconds(house)
            rows.append(_latency(f"{label}, {clients} client{'s' if clients > 1 else ''}", taken, wall))
            if clients == 1:
                rows += _cpu(label, before, after, len(taken))
    return rows


def _latency(name: str, taken: list[float], wall: float) -> Figure:
    p50, p95 = statistics.median(taken) * 1000, percentile(taken, 0.95) * 1000
    return Figure(name, f"p50 {p50:.0f} ms, p95 {p95:.0f} ms, {len(taken) / wall:.0f} turns/s")


def _cpu(label: str, before: dict[str, float], after: dict[str, float], turns: int) -> list[Figure]:
    return [
        Figure(f"CPU a turn, {label}, {name}", f"{(after[name] - before[name]) / turns * 1000:.1f} ms")
        for name in sorted(after)
    ]


def main() -> None:
    """Print the table as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=24, help="conversations a measurement")
    rows = measure(parser.parse_args().rounds)
    print("| what | measured |\n|---|---|")
    for row in rows:
        print(f"| {row.name} | {row.value} |")


if __name__ == "__main__":
    main()
