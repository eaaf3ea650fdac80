"""A report ready to be sent: subject, HTML, text, pictures in it and files with it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass


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
    """A file that travels with the mail; `media_type` like `application/pdf`."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Rendered:
    """What a mail says. The text says the same as the HTML."""

    subject: str
    html: str
    text: str
    pictures: tuple[Picture, ...] = ()
    attachments: tuple[Attachment, ...] = ()
