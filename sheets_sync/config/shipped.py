"""Where the folders are that ship with the program: in a wheel among its data, in a clone at the top."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

TEMPLATES = "report_templates"


def shipped(name: str) -> Path:
    """A shipped folder: `config` or `report_templates`."""
    package = Path(str(resources.files("sheets_sync")))
    inside = package / "_data" / name
    return inside if inside.is_dir() else package.parent / name
