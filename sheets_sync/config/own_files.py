"""The files that a single office, or a place above offices, may have of its own: `offices/CODE/`, `places/CODE/`."""

from __future__ import annotations

import os
from collections.abc import Collection
from pathlib import Path

from sheets_sync.config.homes import Homes, misnamed
from sheets_sync.config.office import Office
from sheets_sync.config.places import Region
from sheets_sync.config.yaml_text import unusable
from sheets_sync.errors import ConfigError
from sheets_sync.model import msg

YAML_NAMES = (".yaml", ".yml")
OWN_FILES = frozenset(
    {"elements.yaml", "inputs.yaml", "checks.yaml", "comments.yaml", "mail.yaml", "reports.yaml", "service.yaml"}
)


def own_folder(folder: Path, office: Office) -> Path:
    """The folder of the files that are an office's, or a place's, alone."""
    return folder / ("places" if isinstance(office, Region) else "offices") / office.code


def office_files(folder: Path) -> list[Path]:
    """The files that say what the offices are: office.yaml, or those in offices/.

    Raises:
        ConfigError: there are both, or a scheme that is not read for its name: an office would be away without a word.
    """
    named, alone = home_files(folder / "offices"), folder / "office.yaml"
    if named and alone.exists():
        raise ConfigError(
            msg("{path} is not read, for there are offices in {others}. Move it there.", path=alone, others=named)
        )
    refuse_unread(folder / "schemes")
    return named or [alone]


def home_files(folder: Path) -> list[Path]:
    """The files that stand for an office, or a place, each; also those that will be refused for their names."""
    return sorted(path for form in YAML_NAMES for path in folder.glob(f"*{form}"))


def refuse_unread(folder: Path) -> None:
    """A file that is not read for its name would be ignored without a word.

    Raises:
        ConfigError: there is one.
    """
    for path in sorted(folder.glob("*.yml")):
        raise misnamed(path)


def refuse_nobodys(folder: Path, homes: Homes) -> None:
    """A file that belongs to no office would be ignored without a word.

    Raises:
        ConfigError: there is one.
    """
    files = sorted(path for path in folder.glob("*/*") if path.parent.suffix not in YAML_NAMES)
    if homes.known({path.parent.name for path in files}):
        return
    known = homes.codes
    path = next(path for path in files if path.parent.name not in known)
    raise ConfigError(
        msg("{path}: there is no office {code}. Known: {known}.", path=path, code=path.parent.name, known=sorted(known))
    )


def refuse_own_faults(own: Path) -> None:
    """Whatever of an office's own folder would be ignored without a word: by its name, or because it can't be opened.

    Raises:
        ConfigError: there is something.
    """
    if not os.path.lexists(own):
        return
    for path in _inside(own):
        if path.suffix in YAML_NAMES and path.name not in OWN_FILES:
            known = sorted(OWN_FILES)
            raise ConfigError(
                msg("{path} is no file of a single office. An office has: {known}.", path=path, known=known)
            )
        if path.name in OWN_FILES or path.name == "schemes":
            _look(path)
    if os.path.lexists(own / "schemes"):
        _inside(own / "schemes")
        refuse_unread(own / "schemes")


def _inside(folder: Path) -> Collection[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError as error:
        raise unusable(folder, error) from error


def _look(path: Path) -> None:
    """A link that leads nowhere looks as if there were no file."""
    try:
        path.stat()
    except OSError as error:
        raise unusable(path, error) from error
