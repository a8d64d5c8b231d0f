"""What a kiosk is told: flags first, then FOYER_KIOSK_* variables, then one TOML file."""

import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from doors.address import host_and_port

PREFIX: Final = "FOYER_KIOSK_"
THEMES: Final = ("light", "dark", "auto")
_YES: Final = ("1", "true", "yes", "on")
_NO: Final = ("0", "false", "no", "off")


class BadSettings(Exception):  # noqa: N818
    """A setting that cannot be meant; the sentence says which and what would do."""


@dataclass(frozen=True, slots=True)
class Settings:
    """All of a kiosk's settings; what has no camera, broker or sound is simply not set."""

    data: Path = field(metadata={"help": "folder of this kiosk, made with mode 0700"})
    server: str = field(default="", metadata={"help": "address of the server (else: enrolment's)"})
    ca_file: str = field(default="", metadata={"help": "certificate authority of the server"})
    camera: str = field(default="", metadata={"help": "index, file or URL; empty: no camera"})
    broker: str = field(default="", metadata={"help": "HOST:PORT of the MQTT broker"})
    broker_user: str = field(default="", metadata={"help": "user name at the broker"})
    broker_password_file: str = field(default="", metadata={"help": "file with its password"})
    broker_ca_file: str = field(default="", metadata={"help": "broker over TLS, with this CA"})
    door: str = field(default="", metadata={"help": "id of the door to open (else: the first)"})
    languages: str = field(default="en,de", metadata={"help": "the first is shown at rest"})
    theme: str = field(default="auto", metadata={"help": "light, dark or auto"})
    reduced_motion: bool = field(default=False, metadata={"help": "fades only"})
    windowed: bool = field(default=False, metadata={"help": "a window instead of full screen"})
    mute: bool = field(default=False, metadata={"help": "no sounds"})
    report: str = field(default="", metadata={"help": "JSON lines of what happens; - for stdout"})
    headless: bool = field(default=False, metadata={"help": "the services without a window"})

    def broker_address(self) -> tuple[str, int]:
        """Host and port. Raises BadSettings."""
        found = host_and_port(self.broker)
        if found is None:
            raise BadSettings(f"--broker wants HOST:PORT, not {self.broker!r}")
        return found

    def locales(self) -> tuple[str, ...]:
        """The languages, each once, the first at rest. Raises BadSettings."""
        from wording import LOCALES  # which --help can do without

        given = tuple(each.strip() for each in self.languages.split(",") if each.strip())
        if not given or len(set(given)) < len(given) or not set(given) <= set(LOCALES):
            known = ", ".join(LOCALES)
            raise BadSettings(f"--languages wants some of {known}, each once: {self.languages!r}")
        return given

    def broker_password(self) -> str:
        """What the password file holds, or nothing if none is set. Raises BadSettings."""
        if not self.broker_password_file:
            return ""
        try:
            return Path(self.broker_password_file).read_text(encoding="utf-8").strip()
        except (OSError, ValueError) as error:
            raise BadSettings(f"the broker's password file cannot be read: {error}") from error


def resolve(
    flags: Mapping[str, Any], environment: Mapping[str, str], config: str | None
) -> Settings:
    """Settings from all three sources. Raises BadSettings for what cannot be meant."""
    from_file = _file(config or environment.get(PREFIX + "CONFIG"))
    known = {each.name for each in fields(Settings)}
    if unknown := sorted(from_file.keys() - known):
        raise BadSettings(f"the settings file names what does not exist: {', '.join(unknown)}")
    values: dict[str, Any] = {}
    for each in fields(Settings):
        name, variable = each.name, PREFIX + each.name.upper()
        if flags.get(name) is not None:
            values[name] = flags[name]
        elif variable in environment:
            values[name] = environment[variable]
        elif name in from_file:
            values[name] = from_file[name]
        elif each.default is MISSING:
            raise BadSettings(f"--{name} is needed (or {variable})")
    settings = Settings(**{name: _typed(name, value) for name, value in values.items()})
    return _checked(settings)


def _checked(settings: Settings) -> Settings:
    if settings.theme not in THEMES:
        raise BadSettings(f"--theme is one of {', '.join(THEMES)}, not {settings.theme!r}")
    if settings.server and not _is_address(settings.server):
        raise BadSettings(f"--server wants https://HOST:PORT, not {settings.server!r}")
    if settings.broker:
        settings.broker_address()
        settings.broker_password()
    settings.locales()
    for file in (settings.ca_file, settings.broker_ca_file):
        if file and not Path(file).is_file():
            raise BadSettings(f"there is no certificate authority in {file}")
    return settings


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _file(path: str | None) -> dict[str, Any]:
    if not path:
        return {}
    try:
        return tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:  # no TOML, or no text at all
        raise BadSettings(f"the settings file cannot be read: {error}") from error


def _typed(name: str, value: Any) -> Any:
    type_ = next(each.type for each in fields(Settings) if each.name == name)
    if type_ is bool:
        said = str(value).lower()
        if said not in (*_YES, *_NO):
            raise BadSettings(f"{name} is yes or no, not {value!r}")
        return said in _YES
    if not isinstance(value, str | Path) and type(value) is not int:  # a camera may be 0
        raise BadSettings(f"{name} is a text, not {value!r}")
    return Path(str(value)) if type_ is Path else str(value)
