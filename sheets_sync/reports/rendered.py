"""A report ready to be sent: subject, HTML, text, pictures in it and files with it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from sheets_sync.reports.spool import KeptBytes


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG that the HTML shows as `cid:<cid>`; `alt` says in words what it shows."""

    name: str
    png: bytes
    alt: str

    @property
    def cid(self) -> str:
        """The same picture has the same content id, so that the same data give the same message."""
        return f"{self.name}.{hashlib.blake2s(self.png, digest_size=8).hexdigest()}@sheets-sync"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that travels with the mail; `media_type` like `application/pdf`, `title` what it is to a reader."""

    name: str
    media_type: str
    kept: KeptBytes
    title: str = ""

    @property
    def content(self) -> bytes:
        return bytes(self.kept)


@dataclass(frozen=True, slots=True)
class Parcel:
    """The files of one mail of the `total` that bring a report; `listed` says what they are, a line each."""

    files: tuple[Attachment, ...] = ()
    number: int = 1
    total: int = 1
    listed: tuple[str, ...] = ()


NO_FILES = Parcel()


@dataclass(frozen=True, slots=True)
class Rendered:
    """What a mail says. The text says the same as the HTML."""

    subject: str
    html: str
    text: str
    pictures: tuple[Picture, ...] = ()
    attachments: tuple[Attachment, ...] = ()
