"""Files of the configuration under names they once had."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from sheets_sync.errors import ConfigError
from sheets_sync.model import msg

RENAMED_FILES: Mapping[str, str] = MappingProxyType({"answers.yaml": "comments.yaml"})


def refuse_old_names(folder: Path) -> None:
    """A file under an old name would be ignored without a word."""
    for old, new in RENAMED_FILES.items():
        if (folder / old).exists():
            raise ConfigError(msg("{path} is now called {new}. Rename the file.", path=folder / old, new=new))
