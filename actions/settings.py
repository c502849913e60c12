"""One table of settings, read from the environment once per process."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dotenv import dotenv_values


@dataclass(frozen=True, slots=True)
class Form:
    """What a value has to match, and that in words."""

    pattern: re.Pattern[str]
    words: str


AMOUNT = Form(re.compile(r"(?=.*[1-9])\d+(?:\.\d+)?"), "a number above 0")
RATE = Form(re.compile(r"[1-9]\d*/(?:second|minute|hour|day)"), "a number and a time, such as 60/minute")

# scheme and host as a browser names them: no path, no wildcard
ORIGINS = Form(
    re.compile(r"(?:https?://[a-z0-9.-]+(?::\d+)?(?:[\s,]+(?=h)|\s*$))*"),
    "origins such as https://shop.example, separated by spaces",
)


@dataclass(frozen=True, slots=True)
class Setting:
    """A name in the environment, its default and one line of help; `form` is what a value has to look like."""

    name: str
    default: str
    help: str
    form: "Form | None" = None


TABLE: tuple[Setting, ...] = (
    Setting("TRESEN_HOME", "var", "state directory: database, keys, logs"),
    Setting("TRESEN_HOST", "127.0.0.1", "address the gateway listens on"),
    Setting("TRESEN_PORT", "8080", "port of the gateway, the only public one"),
    Setting("TRESEN_ENGINE_PORT", "5005", "loopback port of the engine"),
    Setting("TRESEN_ACTIONS_PORT", "5055", "loopback port of the action server"),
    Setting("TRESEN_DATABASE_URL", "", "SQLAlchemy URL of the core database; empty means SQLite in TRESEN_HOME"),
    Setting("TRESEN_PUBLIC_URL", "", "address shoppers use; empty means http://TRESEN_HOST:TRESEN_PORT"),
    Setting(
        "TRESEN_SHOP_ORIGINS",
        "",
        "origins whose pages may show the chat, separated by spaces; empty means only Tresen's own",
        ORIGINS,
    ),
    Setting("TRESEN_API_KEY", "", "key for POST /api/offers; empty means one is made in TRESEN_HOME"),
    Setting("TRESEN_SECRET", "", "secret of tokens and pseudonyms; empty means one is made in TRESEN_HOME"),
    Setting(
        "TRESEN_SHOP",
        "data/shop/radhaus",
        "folder of the shop that `tresen run` loads into an empty database",
    ),
    Setting("TRESEN_MODELS", "models", "folder the trained model is loaded from"),
    Setting("TRESEN_ENGINE_TIMEOUT", "8", "seconds the gateway waits for one answer of the engine", AMOUNT),
    Setting("TRESEN_RATE_LIMIT", "60/minute", "messages one conversation may send", RATE),
    Setting("TRESEN_SESSION_LIMIT", "120/minute", "new chats one address may open", RATE),
    Setting("TRESEN_SESSION_DAYS", "30", "days after which a chat's token is no longer accepted", AMOUNT),
    Setting("TRESEN_TRANSCRIPT_DAYS", "90", "days of silence after which a conversation is made anonymous", AMOUNT),
    Setting("TRESEN_ORIGINAL_DAYS", "30", "days a sealed original of a redacted message is kept", AMOUNT),
    Setting("TRESEN_ENGINE_HOURS", "24", "hours of silence after which the engine forgets a conversation", AMOUNT),
    Setting("TRESEN_LOG_DAYS", "14", "days a line of a log file is kept", AMOUNT),
    Setting("TRESEN_CHECKOUT_HOURS", "24", "hours after which a link to the checkout is void", AMOUNT),
    Setting(
        "TRESEN_TAKEOVER_MINUTES",
        "15",
        "minutes of silence after which a person hands a conversation back to the assistant",
        AMOUNT,
    ),
    Setting(
        "TRESEN_TWILIO_AUTH_TOKEN", "", "auth token that signs the calls of POST /voice/phone; empty: no phone"
    ),
    Setting("TRESEN_DIALOGFLOW_SECRET", "", "bearer secret of POST /voice/dialogflow; empty: no Dialogflow"),
    Setting("TRESEN_VOICE_SECRET", "", "secret that signs the calls of POST /voice/webhook; empty: no webhook"),
    Setting("TRESEN_ALEXA_APPLICATION_ID", "", "the skill that may call POST /voice/alexa; empty: no Alexa"),
    Setting(
        "TRESEN_ALEXA_TEST_CHAIN",
        "",
        "certificate chain (PEM, leaf first) in place of Amazon's; for tests, on a loopback TRESEN_HOST only",
    ),
    Setting("TRESEN_SPARK_MASTER", "local[*]", "where Apache Spark counts, in Spark's own words"),
    Setting("TRESEN_SPARK_FOLDER", "", "folder that Tresen and the workers of a Spark cluster both reach"),
)


@dataclass(frozen=True, slots=True)
class Settings:
    """The values in force, by name; typed views for those used in several places."""

    values: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        return self.values[name]

    @property
    def home(self) -> Path:
        return Path(self["TRESEN_HOME"]).absolute()

    @property
    def host(self) -> str:
        return self["TRESEN_HOST"]

    @property
    def port(self) -> int:
        return int(self["TRESEN_PORT"])

    @property
    def engine_url(self) -> str:
        return f"http://127.0.0.1:{self['TRESEN_ENGINE_PORT']}"

    @property
    def database_url(self) -> str:
        return self["TRESEN_DATABASE_URL"] or f"sqlite:///{self.home / 'core.db'}"

    @property
    def public_url(self) -> str:
        return self["TRESEN_PUBLIC_URL"] or f"http://{self.host}:{self.port}"


def misformed(settings: Settings) -> list[str]:
    """A sentence for each value that cannot be what its setting asks for."""
    return [
        f"{setting.name} must be {setting.form.words}, not {settings[setting.name]!r}."
        for setting in TABLE
        if setting.form and not setting.form.pattern.fullmatch(settings[setting.name])
    ]


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the table from `environment` (default: the process's, over `.env`); unknown names are ignored."""
    given: Mapping[str, str | None] = (
        environment if environment is not None else {**dotenv_values(".env"), **os.environ}
    )
    return Settings({setting.name: given.get(setting.name) or setting.default for setting in TABLE})
