"""The server's settings: flags before FOYER_* variables before one TOML file."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from ledger.data_dir import DataDir


class BadSettings(Exception):  # noqa: N818 - wrong use: the sentence goes to stderr, exit 2
    """A setting that cannot be meant; the message says which and what would do."""


@dataclass(frozen=True, slots=True)
class Settings:
    """All of it. `database_url` empty: SQLite in the data directory."""

    data: Path
    database_url: str = ""
    host: str = "127.0.0.1"
    port: int = 8080
    workers: int = 1
    smtp: str = ""
    smtp_user: str = ""
    smtp_password_file: str = ""
    smtp_starttls: bool = False
    mail_from: str = "Foyer <foyer@localhost>"
    public_url: str = ""
    """How browsers reach the house; empty: the address it listens on."""
    proxies: str = "127.0.0.1,::1"
    """Whose word counts about the addresses of those they pass on."""
    broker: str = ""
    """HOST:PORT of the MQTT broker of the locks; without it no page opens a door."""
    broker_user: str = ""
    broker_password_file: str = ""
    broker_ca_file: str = ""
    log_level: str = "info"
    payments: str = ""
    """The payment provider; empty: invoice or desk only."""
    payments_url: str = ""
    payments_secret_file: str = ""

    @property
    def over_https(self) -> bool:
        return self.base_url.startswith("https://")

    @property
    def base_url(self) -> str:
        """Where pages begin, as mails and other people's browsers need it."""
        return self.public_url.rstrip("/") or f"http://{self.host}:{self.port}"

    @property
    def ledger_url(self) -> str:
        return self.database_url or DataDir(self.data).sqlite_url

    @property
    def on_sqlite(self) -> bool:
        return self.ledger_url.startswith("sqlite")


NAMES: Final = tuple(field.name for field in fields(Settings))
_PREFIX: Final = "FOYER_"
PROVIDERS: Final = ("simulated",)
LOG_LEVELS: Final = ("debug", "info", "warning", "error")
_WANTED: Final = {int: "a whole number", bool: "true or false", str: "text", Path: "text"}
_YES_NO: Final = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}


def load_settings(
    flags: Mapping[str, Any], environment: Mapping[str, str], config: Path | None = None
) -> Settings:
    """Settings from all three places. Raises BadSettings with a sentence."""
    file = config or (Path(name) if (name := environment.get(_PREFIX + "CONFIG")) else None)
    found = {**_from_file(file), **_from_environment(environment)}
    found |= {name: flags[name] for name in NAMES if flags.get(name) is not None}
    if not found.get("data"):
        raise BadSettings("Please name the data directory: --data DIR or FOYER_DATA.")
    typed = {name: _typed(name, value) for name, value in found.items()}
    return _checked(Settings(**typed))


def as_environment(settings: Settings) -> dict[str, str]:
    """The same settings as FOYER_* variables, for worker processes of our own."""
    values = {name: getattr(settings, name) for name in NAMES}
    return {_PREFIX + name.upper(): str(value) for name, value in values.items()}


def from_environment() -> Settings:
    """What a worker process finds; called by it, never at import."""
    return load_settings({}, os.environ)


def _from_file(file: Path | None) -> dict[str, Any]:
    if file is None:
        return {}
    try:
        found = tomllib.loads(file.read_text())
    except (OSError, ValueError) as error:  # no TOML, or no text at all
        raise BadSettings(f"The settings file {file} cannot be read: {error}") from error
    if unknown := sorted(set(found) - set(NAMES)):
        raise BadSettings(f"The settings file {file} names unknown settings: {', '.join(unknown)}")
    for name, value in found.items():
        if not _fits(name, value):
            wanted = _WANTED[Settings.__annotations__[name]]
            raise BadSettings(f"The settings file {file}: {name} wants {wanted}, not {value!r}.")
    return found


def _fits(name: str, value: Any) -> bool:
    """Whether TOML gave what is wanted, or text that may yet turn out to be."""
    return isinstance(value, str) or type(value) is Settings.__annotations__[name]


def _from_environment(environment: Mapping[str, str]) -> dict[str, str]:
    return {
        name: environment[variable]
        for name in NAMES
        if environment.get(variable := _PREFIX + name.upper())
    }


def _typed(name: str, value: Any) -> Any:
    type_ = Settings.__annotations__[name]
    if type_ is bool and isinstance(value, str):
        if value.lower() not in _YES_NO:
            raise BadSettings(f"{name} is yes or no, not {value!r}.")
        return _YES_NO[value.lower()]
    try:
        return type_(value)
    except (TypeError, ValueError) as error:
        raise BadSettings(f"{name} cannot be {value!r}.") from error


def _checked(settings: Settings) -> Settings:
    if not 0 <= settings.port < 65536:
        raise BadSettings(f"There is no port {settings.port}.")
    if settings.workers < 1:
        raise BadSettings("At least one worker is needed.")
    if settings.workers > 1 and settings.on_sqlite:
        raise BadSettings("Several workers need PostgreSQL: --database-url postgresql://...")
    if settings.log_level not in LOG_LEVELS:
        raise BadSettings(f"The log level is one of {', '.join(LOG_LEVELS)}.")
    if settings.public_url and not _is_address(settings.public_url):
        raise BadSettings("The public address is like https://desk.example.org, without a path.")
    if settings.payments and not _can_be_paid(settings):
        raise BadSettings(
            f"Payments: {', '.join(PROVIDERS)}, with --payments-url http(s)://... and"
            " --payments-secret-file FILE."
        )
    if settings.database_url and not _names_a_database(settings.database_url):
        raise BadSettings("The database is sqlite:////path or postgresql://user@host/name.")
    return settings


def _is_address(url: str) -> bool:
    try:
        found = urlsplit(url)
        return (
            found.scheme in ("http", "https")
            and bool(found.hostname)
            and found.port != 0
            and not (found.path.strip("/") or found.query or found.fragment)
        )
    except ValueError:
        return False


def _can_be_paid(settings: Settings) -> bool:
    url = urlsplit(settings.payments_url)
    reachable = url.scheme in ("http", "https") and bool(url.netloc)
    return settings.payments in PROVIDERS and reachable and bool(settings.payments_secret_file)


def _names_a_database(url: str) -> bool:
    from sqlalchemy.exc import ArgumentError  # loaded only where there is a URL to look at

    from ledger.engine import sqlite_path

    try:
        sqlite_path(url)
    except (ValueError, ArgumentError):
        return False
    return url.partition(":")[0] in ("sqlite", "postgresql")
