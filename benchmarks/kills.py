"""Kills engine, actions and gateway in mid-turn while shoppers order, and prints which promises were broken."""

import argparse
import tempfile
from dataclasses import asdict
from pathlib import Path

from tests.stack.house import House
from tests.stack.kills import run_kills


def main() -> int:
    """Print the count; exit code 1 where what shoppers were told and what is recorded differ."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--clients", type=int, default=4)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        # patient enough to wait for a restart; with the usual 8 s some turns get the honest fallback line instead
        house = House.build(Path(folder) / "home", TRESEN_ENGINE_TIMEOUT="25")
        house.start()
        try:
            count = run_kills(house, kills=given.kills, clients=given.clients)
        finally:
            house.stop()
    print(f"{'kills':<20} {dict(count.kills)}")
    for name, value in asdict(count).items():
        if name != "kills":
            print(f"{name:<20} {value}")
    return 1 if count.harm else 0


if __name__ == "__main__":
    raise SystemExit(main())
