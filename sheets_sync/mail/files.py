"""Mail as files one can open: `.eml`, a page with its pictures in it, attachments beside, an index of all.

The mailbox keeps what it received this way, and a rehearsal what would be sent.
"""

from __future__ import annotations

import base64
import html
import re
from collections.abc import Iterable, Sequence
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from sheets_sync.config.private import private_file, private_folder
from sheets_sync.mail.ledger import Planned
from sheets_sync.reports.seal import SealedFile

_OWN = re.compile(r"\d{4}-.+|index\.html")
_HEAD = """<!doctype html>
<html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>{title}</title>
<style>
  :root {{ --ink: #1b2733; --muted: #51606e; --paper: #fff; --line: #d9dfe5; --link: #0b5c8a; }}
  @media (prefers-color-scheme: dark) {{
    :root {{ --ink: #e9eef2; --muted: #aebac6; --paper: #1a222b; --line: #384552; --link: #7cc4f0; }}
  }}
  body {{ margin: 0 auto; padding: 2rem 1rem; max-width: 46rem; background: var(--paper); color: var(--ink);
    font: 16px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }}
  h1 {{ font-size: 1.4rem; }}
  ul {{ list-style: none; padding: 0; }}
  li {{ padding: .7rem 0; border-top: 1px solid var(--line); }}
  small {{ display: block; color: var(--muted); }}
  a {{ color: var(--link); margin-right: .8rem; }}
</style></head><body>
<h1>{title}</h1>
<ul>
"""


class KeptMail:
    """A folder of messages, numbered as they came in, with an index that grows with them."""

    def __init__(self, folder: Path, title: str = "Kotak surat") -> None:
        self.folder, self.index, self._title = private_folder(folder), folder / "index.html", title
        self._count = len(self.messages)

    @property
    def messages(self) -> list[Path]:
        """The `.eml` files, oldest first."""
        return sorted(self.folder.glob("*.eml"))

    def add(self, content: bytes, recipients: Sequence[str]) -> Path:
        """Keeps a message as the server got it; gives its `.eml`."""
        message = message_from_bytes(content, policy=policy.default)
        path = self._path(f"{recipients[0]}.eml")
        shown = path.with_suffix(".html")
        private_file(path).write_bytes(content)
        private_file(shown).write_text(page(message), encoding="utf-8")
        files = [shown, path, *(self._attached(path.stem, part) for part in message.iter_attachments())]
        self._list(str(message["subject"]), ", ".join(recipients), files)
        return path

    def add_file(self, name: str, content: bytes) -> Path:
        """Keeps a file that belongs with the messages."""
        path = self._path(name)
        private_file(path).write_bytes(content)
        self._list(name, "", [path])
        return path

    def clear(self) -> None:
        """Removes what was kept here before, and nothing else."""
        for path in self.folder.iterdir():
            if path.is_file() and _OWN.fullmatch(path.name):
                path.unlink()
        self._count = 0

    def _path(self, name: str) -> Path:
        self._count += 1
        return self.folder / f"{self._count:04}-{_slug(name)}"

    def _attached(self, name: str, part: EmailMessage) -> Path:
        path = self.folder / f"{name}-{_slug(part.get_filename() or 'attachment')}"
        private_file(path).write_bytes(_bytes(part))
        return path

    def _list(self, subject: str, to: str, files: Iterable[Path]) -> None:
        links = "".join(f'<a href="{html.escape(path.name)}">{path.suffix.removeprefix(".")}</a>' for path in files)
        with private_file(self.index).open("a", encoding="utf-8") as index:
            index.write(_HEAD.format(title=html.escape(self._title)) if index.tell() == 0 else "")
            index.write(f"<li>{html.escape(subject)}<small>{html.escape(to)}</small>{links}</li>\n")


def rehearse(folder: Path, title: str, files: Iterable[SealedFile], planned: Iterable[Planned]) -> Path:
    """Writes what would be sent, in place of an earlier rehearsal; gives the index. Sends nothing."""
    kept = KeptMail(folder, title)
    kept.clear()
    for file in files:
        kept.add_file(file.name, file.content)
    for delivery in planned:
        kept.add(delivery.message, [delivery.key.recipient])
    return kept.index


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
