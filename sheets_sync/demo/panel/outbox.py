"""The mails that arrived, as the panel lists them; their pages and what was attached come from the mailbox's folder."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from pathlib import Path

from starlette.responses import FileResponse, Response

from sheets_sync.mail.files import KeptMail

_NAME = re.compile(r"[0-9]{4}-[A-Za-z0-9._@-]+\.(html|pdf|xlsx|txt|eml)")
TYPES = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "txt": "text/plain; charset=utf-8",
    "eml": "text/plain; charset=utf-8",
}
MAIL_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; sandbox"
"""A mail has its style in itself and its pictures in it; nothing in it runs, and nothing is fetched."""


@dataclass(frozen=True, slots=True)
class ArrivedMail:
    """A mail: whom it went to, about what, its page, and what is attached."""

    to: str
    subject: str
    page: str
    attached: tuple[str, ...]


def arrived(kept: KeptMail) -> Iterator[ArrivedMail]:
    """The mails, newest first."""
    for path in reversed(kept.messages):
        message = message_from_bytes(path.read_bytes(), policy=policy.default)
        attached = sorted(each.name for each in kept.folder.glob(f"{path.stem}-*") if _NAME.fullmatch(each.name))
        yield ArrivedMail(str(message["to"]), str(message["subject"]), f"{path.stem}.html", tuple(attached))


def kept_file(kept: KeptMail, name: str) -> Response:
    """A file of the mailbox's, shut in: a mail's page may do nothing but show itself."""
    found = _NAME.fullmatch(name)
    path = kept.folder / name
    if found is None or not _inside(path, kept.folder):
        return Response(status_code=404)
    headers = {"Content-Security-Policy": MAIL_POLICY} if found[1] == "html" else {}
    download = path.name if found[1] == "xlsx" else None
    return FileResponse(path, media_type=TYPES[found[1]], headers=headers, filename=download)


def _inside(path: Path, folder: Path) -> bool:
    return path.is_file() and path.resolve().parent == folder.resolve()
