"""Puts bytes by on the disk until they are saved or sent: a report of many libraries need not be in memory whole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Protocol, Self

from sheets_sync.config.private import private_folder


class KeptBytes(Protocol):
    """Bytes, or what gives them: `bytes(kept)` reads them, `len(kept)` does not."""

    def __bytes__(self) -> bytes: ...

    def __len__(self) -> int: ...


Keep = Callable[[bytes], KeptBytes]


def in_memory(content: bytes) -> KeptBytes:
    """Keeps bytes as they are."""
    return content


class Spool:
    """A file without a name, which goes with the context that it is used as."""

    def __init__(self, folder: Path) -> None:
        self._file: IO[bytes] = TemporaryFile(dir=private_folder(folder))  # noqa: SIM115 - closed by __exit__

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def keep(self, content: bytes) -> KeptBytes:
        """Puts bytes by.

        Raises:
            OSError: there is no room for them.
        """
        start = self._file.seek(0, 2)
        self._file.write(content)
        return _Spooled(self._file, start, len(content))


@dataclass(frozen=True, slots=True)
class _Spooled:
    file: IO[bytes]
    start: int
    length: int

    def __bytes__(self) -> bytes:
        self.file.seek(self.start)
        return self.file.read(self.length)

    def __len__(self) -> int:
        return self.length
