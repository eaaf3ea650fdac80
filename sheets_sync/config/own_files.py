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
