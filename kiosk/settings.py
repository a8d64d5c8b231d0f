"""What a kiosk is told: flags first, then FOYER_KIOSK_* variables, then one TOML file."""

import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from pathlib import Path
from typing import Any, Final

PREFIX: Final = "FOYER_KIOSK_"
IDENTITY_FILE: Final = "identity.json"
"""In the data folder; there once the kiosk is enrolled."""


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
        host, _, port = self.broker.rpartition(":")
        if not host or not port.isdecimal():
            raise BadSettings(f"--broker wants HOST:PORT, not {self.broker!r}")
        return host, int(port)

    def broker_password(self) -> str:
        """The first line of the password file, or nothing if none is set."""
        if not self.broker_password_file:
            return ""
        return Path(self.broker_password_file).read_text().strip()


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
    return Settings(**{name: _typed(name, value) for name, value in values.items()})


def _file(path: str | None) -> dict[str, Any]:
    if not path:
        return {}
    try:
        return tomllib.loads(Path(path).read_text())
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise BadSettings(f"the settings file cannot be read: {error}") from error


def _typed(name: str, value: Any) -> Any:
    type_ = next(each.type for each in fields(Settings) if each.name == name)
    if type_ is bool and isinstance(value, str):
        return value.lower() in ("1", "true", "yes", "on")
    if type_ is Path:
        return Path(value)
    return value if type_ is bool else str(value)
