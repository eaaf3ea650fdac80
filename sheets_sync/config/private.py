"""Files and folders that only their owner may open, whatever the umask: what is kept here is about people."""

from __future__ import annotations

import os
from pathlib import Path

FILE_MODE, FOLDER_MODE = 0o600, 0o700


def private_folder(folder: Path) -> Path:
    """The folder, made for its owner alone where it is missing, with those above it; one that is there stays as it is."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    for each in reversed(missing):
        each.mkdir(FOLDER_MODE, exist_ok=True)
    return folder


def private_file(path: Path) -> Path:
    """The file, made empty for its owner alone where it is missing: what is then written was never open to others."""
    private_folder(path.parent)
    if not path.exists():  # what is there keeps its mode, and its time
        path.touch(FILE_MODE)
    return path


def readable_by_others(path: Path) -> bool:
    """Whether anybody but its owner may read or write it. Windows has no such modes; its folders are the user's own."""
    return _has(path, 0o077)


def writable_by_others(path: Path) -> bool:
    """Whether anybody but its owner may change it."""
    return _has(path, 0o022)


def _has(path: Path, bits: int) -> bool:
    return os.name != "nt" and path.exists() and bool(path.stat().st_mode & bits)
