"""Files laid over files: what holds for all, with what an office says of its own over it; the same files are read once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from sheets_sync.config.yaml_file import Model, read_layers

T = TypeVar("T")


class Once:
    """Reads the same files for the same thing once: hundreds of offices share all of them but their own."""

    def __init__(self) -> None:
        self._known: dict[tuple[object, ...], Any] = {}

    def __call__(self, what: object, files: Sequence[Path], read: Callable[[], T]) -> T:
        """What the files say as `what`."""
        key = (what, *files)
        if key not in self._known:
            self._known[key] = read()
        known: T = self._known[key]
        return known


def layers(folder: Path, own: Path, name: str) -> list[Path]:
    """The files of that name that are there; the folder's own, missing or not, where there is none."""
    there = [path for path in (folder / name, own / name) if path.exists()]
    return there or [folder / name]


def optional(paths: Sequence[Path], model: type[Model], context: Mapping[str, Any] | None = None) -> Model:
    """What those of the files say that are there; the defaults, where none is."""
    there = [path for path in paths if path.exists()]
    return read_layers(there, model, context) if there else model()
