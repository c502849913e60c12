"""Lets two Node clients nobody here wrote buy by voice from the real house: `make test-npm`."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from tests.gateway.voice.callers import SKILL
from tests.gateway.voice.certificates import Authority
from tests.stack.house import House

CLIENTS = Path(".venv-npm/node_modules").absolute()
HERE = Path(__file__).parent
LOCALES = ("de-DE", "en-US")


def prepare(folder: Path) -> None:
    """What Alexa would have: a chain with its key, and the interaction models a merchant pastes."""
    chain = Authority().issue()
    (folder / "chain.pem").write_bytes(chain.pem)
    (folder / "key.pem").write_bytes(chain.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    for locale in LOCALES:
        command = [Path(sys.executable).with_name("tresen"), "voice", "model", "--locale", locale]
        (folder / f"{locale}.json").write_bytes(subprocess.run(command, capture_output=True, check=True).stdout)


def main() -> int:
    """The exit code of the clients' tests."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        prepare(folder)
        house = House.build(
            folder / "home",
            TRESEN_ALEXA_APPLICATION_ID=SKILL,
            TRESEN_ALEXA_TEST_CHAIN=str(folder / "chain.pem"),
        )
        try:
            house.start()
            environment = {
                **os.environ,
                "NODE_PATH": str(CLIENTS),
                "AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE": "1",
                "SKILL_FOLDER": str(folder),
                "SKILL_ID": SKILL,
                "SKILL_URL": f"{house.url}/voice/alexa",
            }
            mocha = [CLIENTS / ".bin" / "mocha", "--timeout", "60000", *sorted(HERE.glob("*.test.js"))]
            return subprocess.run(mocha, env=environment, check=False).returncode
        finally:
            house.stop()


if __name__ == "__main__":
    sys.exit(main())
