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
        # patient enough to wait for a restart; with the usual 8 s some turns get the honest fallback line instead
        house = House.build(Path(folder) / "home", TRESEN_ENGINE_TIMEOUT="25")
        house.start()
        try:
            count = run_kills(house, kills=given.kills, clients=given.clients)
        finally:
            house.stop()
    print(f"{'kills':<18} {dict(count.kills)}")
    for name, value in asdict(count).items():
        if name != "kills":
            print(f"{name:<18} {value}")
    harm = count.lost + count.answers_changed + count.doubled_lines + count.doubled_offers + count.doubled_orders
    return 1 if harm + count.wrong_quantities else 0


if __name__ == "__main__":
    raise SystemExit(main())
