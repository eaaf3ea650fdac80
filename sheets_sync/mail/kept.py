"""Received mail as files one can open: `.eml`, a page with its pictures in it, attachments beside, an index of all."""

from __future__ import annotations

import base64
import html
import re
from collections.abc import Sequence
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

_HEAD = """<!doctype html><html lang="id"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Kotak surat</title><style>body{font:16px/1.5 system-ui,sans-serif;max-width:44em;margin:2em auto;padding:0 1em}
li{margin:0 0 .8em}small{color:#555}</style><h1>Kotak surat</h1><ol>
"""


class KeptMail:
    """A folder of received messages, numbered as they came in."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self._count = len(self.messages)
        self.index = folder / "index.html"

    @property
    def messages(self) -> list[Path]:
        """The `.eml` files, oldest first."""
        return sorted(self.folder.glob("*.eml"))

    def add(self, content: bytes, recipients: Sequence[str]) -> Path:
        """Keeps a message as the server got it; gives its `.eml`."""
        self._count += 1
        message = message_from_bytes(content, policy=policy.default)
        name = f"{self._count:04}-{_slug(recipients[0])}"
        path = self.folder / f"{name}.eml"
        path.write_bytes(content)
        path.with_suffix(".html").write_text(page(message), encoding="utf-8")
        files = [f"{name}.html", path.name, *(self._attached(name, part) for part in message.iter_attachments())]
        self._list(message, recipients, files)
        return path

    def _attached(self, name: str, part: EmailMessage) -> str:
        filename = f"{name}-{_slug(part.get_filename() or 'attachment')}"
        (self.folder / filename).write_bytes(_bytes(part))
        return filename

    def _list(self, message: EmailMessage, recipients: Sequence[str], files: Sequence[str]) -> None:
        links = " · ".join(f'<a href="{html.escape(name)}">{html.escape(name)}</a>' for name in files)
        subject, to = html.escape(str(message["subject"])), html.escape(", ".join(recipients))
        with self.index.open("a", encoding="utf-8") as index:
            index.write(_HEAD if index.tell() == 0 else "")
            index.write(f"<li>{subject}<br><small>{to}</small><br>{links}</li>\n")


def page(message: EmailMessage) -> str:
    """A message's HTML with its pictures in it, so that a browser shows it without the message."""
    body = message.get_body(preferencelist=("html", "plain"))
    if body is None:
        return ""
    if body.get_content_subtype() != "html":
        return f'<!doctype html><meta charset="utf-8"><pre>{html.escape(body.get_content())}</pre>'
    shown: str = body.get_content()
    for part in message.walk():
        if part["content-id"]:
            data = base64.b64encode(_bytes(part)).decode("ascii")
            shown = shown.replace(
                f"cid:{part['content-id'].strip('<>')}", f"data:{part.get_content_type()};base64,{data}"
            )
    return shown


def _bytes(part: EmailMessage) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _slug(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9._-]+", "-", text).strip("-.")[:80] or "x"
