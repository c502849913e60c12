"""Takes another version of the vendored panel, for maintainers; the only use of npm."""

import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import asdict, replace
from pathlib import Path

from bot.widget.files import HERE, Vendored

VENDOR = HERE / "vendor"
MADE_WITHOUT_NODE = "npm is not here; only taking a new version of the panel needs it"


def main(version: str) -> int:
    """Replace file, licence and `vendor.json`; what follows is the browser tests' word on it."""
    before = Vendored.read(VENDOR)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        command = ["npm", "pack", "--silent", f"{before.name}@{version}"]
        try:
            subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
        except FileNotFoundError:
            print(MADE_WITHOUT_NODE, file=sys.stderr)
            return 1
        except subprocess.CalledProcessError:
            print(f"npm does not give {before.name} {version}", file=sys.stderr)
            return 1
        (archive,) = folder.glob("*.tgz")
        content, licence = (
            _member(archive, f"package/{before.package_file}"),
            _member(archive, "package/LICENSE"),
        )
    now = replace(
        before,
        version=version,
        file=f"{before.name}-{version}.js",
        sha256=hashlib.sha256(content).hexdigest(),
    )
    (VENDOR / before.file).unlink()
    (VENDOR / now.file).write_bytes(content)
    (VENDOR / "LICENSE").write_bytes(licence)
    (VENDOR / "vendor.json").write_text(json.dumps(asdict(now), indent=2) + "\n", "utf-8")
    print(f"{before.file} -> {now.file}, sha256 {now.sha256}; now run the tests in tests/browser")
    return 0


def _member(archive: Path, name: str) -> bytes:
    with tarfile.open(archive) as package:
        file = package.extractfile(name)
        if file is None:
            raise FileNotFoundError(name)
        return file.read()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
