"""Settings: built-in defaults, over them kg.toml, over it the environment, over it the flags of a command."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Mapping

CONFIG_FILE = "kg.toml"
ENVIRONMENT_PREFIX = "KG_"


@dataclass(frozen=True, slots=True)
class Settings:
    """What can be set; every field is a key of kg.toml and, in capitals after ``KG_``, an environment variable.

    ``store`` is the folder of the RDF store; ``project`` a folder whose ontologies/ and queries/ go before the
    embedded ones; ``model`` names a recognition model ("default" is the shipped one, "none" leaves it out);
    ``keep_text`` says whether the full text is stored beside the evidence sentences.
    """

    store: Path = Path("kg-store")
    project: Path | None = None
    model: str = "default"
    keep_text: bool = True
    jobs: int = 1

    def __post_init__(self) -> None:
        if self.jobs < 1:
            message = f"jobs must be at least 1, not {self.jobs}: set jobs in {CONFIG_FILE}, KG_JOBS or --jobs"
            raise ConfigError(message)


def read_settings(folder: Path | None = None, environment: Mapping[str, str] | None = None) -> Settings:
    """Return the settings that hold in a folder.

    Args:
        folder: where kg.toml is looked for; the current folder by default.
        environment: variables; the process's own by default.

    Raises:
        ConfigError: kg.toml cannot be read, or a key or value in it or in the environment cannot be used.
    """
    folder = folder or Path.cwd()
    environment = os.environ if environment is None else environment
    settings = Settings()
    path = folder / CONFIG_FILE
    if path.is_file():
        settings = _with_values(settings, _read_toml(path), str(path))
    names = {field.name for field in fields(Settings)}
    from_environment = {
        name: environment[ENVIRONMENT_PREFIX + name.upper()]
        for name in names
        if environment.get(ENVIRONMENT_PREFIX + name.upper())
    }
    return _with_values(settings, from_environment, "the environment")


def _read_toml(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        message = f"{path} cannot be read as TOML: {error}"
        raise ConfigError(message) from error


def _with_values(settings: Settings, values: Mapping[str, object], source: str) -> Settings:
    kinds = {field.name: str(field.type) for field in fields(Settings)}
    unknown = sorted(set(values) - set(kinds))
    if unknown:
        message = f"{source} sets {', '.join(unknown)}, which kg does not know; known keys: {', '.join(sorted(kinds))}"
        raise ConfigError(message)
    converted = {name: _convert(name, kinds[name], value, source) for name, value in values.items()}
    return replace(settings, **converted)  # type: ignore[arg-type]


def _convert(name: str, kind: str, value: object, source: str) -> object:
    text = str(value)
    if kind.startswith("Path"):
        return Path(text).expanduser()
    if kind == "bool":
        if text.lower() in {"true", "1", "yes", "on"}:
            return True
        if text.lower() in {"false", "0", "no", "off"}:
            return False
    elif kind == "int":
        if text.isdigit():
            return int(text)
    else:
        return text
    message = f"{source}: {name} = {text!r} is not a {'yes/no value' if kind == 'bool' else 'whole number'}"
    raise ConfigError(message)
