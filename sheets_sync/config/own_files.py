"""The files that a single office, or a place above offices, may have of its own: `offices/CODE/`, `places/CODE/`."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from sheets_sync.config.office import Office
from sheets_sync.config.places import Region
from sheets_sync.errors import ConfigError
from sheets_sync.model import msg

OWN_FILES = frozenset(
    {"elements.yaml", "inputs.yaml", "checks.yaml", "comments.yaml", "mail.yaml", "reports.yaml", "service.yaml"}
)


def own_folder(folder: Path, office: Office) -> Path:
    """The folder of the files that are an office's, or a place's, alone."""
    return folder / ("places" if isinstance(office, Region) else "offices") / office.code


def office_files(folder: Path) -> list[Path]:
    """The files that say what the offices are: office.yaml, or those in offices/.

    Raises:
        ConfigError: there are both, or a file that is not read for its name: an office would be away without a word.
    """
    named = sorted((folder / "offices").glob("*.yaml"))
    alone = folder / "office.yaml"
    if named and alone.exists():
        raise ConfigError(
            msg("{path} is not read, for there are offices in {others}. Move it there.", path=alone, others=named)
        )
    for path in sorted(each for part in ("offices", "places", "schemes") for each in (folder / part).glob("*.yml")):
        raise ConfigError(msg("{path} is not read. Let its name end in .yaml.", path=path))
    return named or [alone]


def refuse_nobodys(folder: Path, codes: Collection[str]) -> None:
    """A file that belongs to no office, or that no office can have of its own, would be ignored without a word.

    Raises:
        ConfigError: there is one.
    """
    for path in sorted(folder.glob("*/*")):
        code = path.parent.name
        if code not in codes:
            known = sorted(codes)
            raise ConfigError(
                msg("{path}: there is no office {code}. Known: {known}.", path=path, code=code, known=known)
            )
        if path.suffix in (".yaml", ".yml") and path.name not in OWN_FILES:
            known = sorted(OWN_FILES)
            raise ConfigError(
                msg("{path} is no file of a single office. An office has: {known}.", path=path, known=known)
            )
