"""E-mail addresses with a name, checked before a mail server ever sees them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.header import Header

from sheets_sync.model import msg
from sheets_sync.model.text import one_line

_LOCAL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"(?P<local>{_LOCAL})@(?P<domain>{_LABEL}(?:\.{_LABEL})*)")


_PLAIN_NAME = re.compile(r"[A-Za-z0-9]+(?: [A-Za-z0-9]+)*")
_LONGEST_NAME = 120  # characters; a sheet may hold thousands
_LINE = 60  # characters of a line besides the field's name


@dataclass(frozen=True, slots=True, order=True)
class Recipient:
    """Somebody mail goes to or comes from: the address is checked, its domain in ASCII and lower case."""

    address: str
    name: str = ""

    def header(self) -> str:
        """As it stands in To, From and Reply-To: folded, in ASCII, and with no other address in it than this one.

        Anything but plain words goes into encoded words (RFC 2047), in which no comma, quote, bracket or @ is left. The
        standard library quotes such a name instead, and before Python 3.12 lost the quotes where it folded a long one:
        what was a name was then read as addresses.
        """
        name = header_text(self.name)[:_LONGEST_NAME].strip()
        if not name:
            return self.address
        if len(name) <= _LINE and _PLAIN_NAME.fullmatch(name):
            return f"{name} <{self.address}>"
        return Header(name, "utf-8", maxlinelen=_LINE).encode(linesep="\r\n") + f"\r\n <{self.address}>"

    @property
    def domain(self) -> str:
        return self.address.rpartition("@")[2]


def header_text(text: str) -> str:
    """Text as it may stand in a header: on one line, and with no encoded word in it.

    The standard library decodes what looks like an encoded word (RFC 2047) in a text it is given, and what that hides,
    a line break and a header of its own among it, would reach the message.
    """
    return one_line(text).replace("=?", "= ?")


def recipient(text: str, name: str = "") -> Recipient:
    """The recipient that `Nama <nama@example.org>` or a bare address names.

    Raises:
        ValueError: it is no e-mail address that can be written to.
    """
    shown, bracket, address = text.strip().rpartition("<")
    bare = address.removesuffix(">") if bracket else address
    local, _, domain = bare.rpartition("@")
    found = _ADDRESS.fullmatch(f"{local}@{_ascii(domain)}")
    if found is None or not shown.isprintable() or len(found["local"]) > 64 or len(found[0]) > 254:
        raise ValueError(msg("an e-mail address like nama@example.org"))
    return Recipient(f"{found['local']}@{found['domain']}", name or shown.strip().strip('"'))


def _ascii(domain: str) -> str:
    try:
        return domain.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return ""
