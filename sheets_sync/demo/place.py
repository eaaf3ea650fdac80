"""The folder in which the demo happens: a copy of the shipped configuration, made to fit the local servers."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from sheets_sync.config.private import private_file
from sheets_sync.config.shipped import shipped
from sheets_sync.errors import UsageError
from sheets_sync.model import msg

MARK = ".sheets-sync-demo"
PARTS = ("config", "data", "google", "mail", "pages")


@dataclass(frozen=True, slots=True)
class Place:
    """Where things are."""

    folder: Path

    @property
    def config(self) -> Path:
        return self.folder / "config"

    @property
    def key_file(self) -> Path:
        return self.config / "service-account.json"

    @property
    def mail(self) -> Path:
        return self.folder / "mail"

    @property
    def pages(self) -> Path:
        return self.folder / "pages"

    def configure(self, file: str, values: Mapping[str, Any]) -> None:
        """Sets values in one of the configuration's files; comments stay."""
        yaml, path = YAML(typ="rt"), self.config / file
        yaml.width = 120
        document = yaml.load(path.read_text(encoding="utf-8"))
        document.update(values)
        with private_file(path).open("w", encoding="utf-8") as target:
            yaml.dump(document, target)


def prepare(folder: Path, config: Path | None = None) -> Place:
    """An empty place with a fresh copy of a configuration (None: the shipped one); an earlier demo's is replaced.

    Raises:
        UsageError: the folder holds something else.
    """
    folder = folder.resolve()
    if folder.exists() and any(folder.iterdir()) and not (folder / MARK).exists():
        raise UsageError(msg("{path} holds other files. Choose another folder with --dir.", path=folder))
    for part in PARTS:
        shutil.rmtree(folder / part, ignore_errors=True)
    private_file(folder / MARK)
    place = Place(folder)
    shutil.copytree(
        config or shipped("config"), place.config, ignore=shutil.ignore_patterns("examples", "new", "*.json")
    )
    # The other ready-made schemes ship beside the default one, to be chosen by copying them; a demo has one scheme.
    place.configure("store.yaml", {"folder": str(folder / "data")})
    place.configure("google.yaml", {"workbook_pause": 0})  # Google's advice; the local one needs no sparing
    return place
