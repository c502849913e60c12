"""Kills engine, actions and gateway in mid-turn while shoppers buy, and prints what was lost or doubled."""

import argparse
import tempfile
from dataclasses import asdict
from pathlib import Path

from tests.stack.house import House
from tests.stack.kills import run_kills


def main() -> int:
    """Print the count; exit code 1 where anything was lost or doubled."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--clients", type=int, default=4)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        house = House.build(Path(folder) / "home")
        house.start()
        try:
            count = run_kills(house, kills=given.kills, clients=given.clients)
        finally:
            house.stop()
    for name, value in asdict(count).items():
        print(f"{name:<18} {dict(value) if name == 'kills' else value}")
    harm = count.lost + count.answers_changed + count.doubled_lines + count.doubled_offers + count.doubled_orders
    return 1 if harm + count.wrong_quantities else 0


if __name__ == "__main__":
    raise SystemExit(main())
