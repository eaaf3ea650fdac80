"""What other software says, made readable: its sense as a message, and behind it in brackets its own words.

Whoever reads the message gets a sentence; whoever searches the web or asks for help gets the words to search for.
"""

from __future__ import annotations

import errno
import json
import socket
import ssl
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from sheets_sync.model.message import Message, msg


def quoted(sense: Message, original: str) -> Message:
    """A sentence of ours for what other software said, and its own words."""
    words = " ".join(original.split())
    return msg("{sense} [{original}]", sense=sense, original=words) if words else sense


def said_by(error: BaseException) -> Message:
    """What the system, or a file that is not what it should be, has to say."""
    original = getattr(error, "strerror", None) or str(error)
    return quoted(_sense(error), str(original) if str(original).strip() else type(error).__name__)


def _sense(error: BaseException) -> Message:
    for kind, sense in _KINDS.items():
        if isinstance(error, kind):
            return sense
    return _NUMBERS.get(error.errno, _SYSTEM) if isinstance(error, OSError) and error.errno else _ELSE


def _numbers(names: Iterable[str], sense: Message) -> dict[int, Message]:
    """The sense of errors by their numbers; not every system has all of them."""
    return {getattr(errno, name): sense for name in names if hasattr(errno, name)}


_ELSE = msg("something unexpected")
_SYSTEM = msg("the system does not allow it")
_KINDS: Mapping[type[BaseException], Message] = MappingProxyType(
    {
        json.JSONDecodeError: msg("this is not JSON"),
        UnicodeError: msg("this is not text in UTF-8"),
        ImportError: msg("a package is missing"),
        ssl.SSLCertVerificationError: msg("the other side's certificate is not trusted"),
        ssl.SSLError: msg("no protected connection came about"),
        socket.gaierror: msg("no computer of that name was found"),
        TimeoutError: msg("no answer in time"),
    }
)
_NUMBERS: Mapping[int, Message] = MappingProxyType(
    {
        **_numbers(("ENOENT", "ENXIO", "ENODEV"), msg("there is no such file or folder")),
        **_numbers(("EACCES", "EPERM"), msg("this user may not do that here")),
        **_numbers(("EISDIR",), msg("this is a folder, not a file")),
        **_numbers(("ENOTDIR",), msg("this is a file, not a folder")),
        **_numbers(("EEXIST", "ENOTEMPTY"), msg("there is something of that name already")),
        **_numbers(("ENAMETOOLONG", "EINVAL", "ELOOP"), msg("such a name can't be used")),
        **_numbers(("ENOSPC", "EDQUOT", "EFBIG"), msg("there is no room left")),
        **_numbers(("EROFS",), msg("the disk is read-only")),
        **_numbers(("EIO", "ESTALE"), msg("the disk could not be read or written")),
        **_numbers(("EMFILE", "ENFILE", "ENOMEM", "EAGAIN"), msg("the computer has no room for more at present")),
        **_numbers(("EBUSY", "ETXTBSY", "EADDRINUSE"), msg("another program is using it")),
        **_numbers(("EADDRNOTAVAIL",), msg("this computer does not have that address")),
        **_numbers(("ECONNREFUSED",), msg("nobody answers there")),
        **_numbers(("ECONNRESET", "ECONNABORTED", "EPIPE", "ENOTCONN"), msg("the connection broke off")),
        **_numbers(("ETIMEDOUT",), msg("no answer in time")),
        **_numbers(("EHOSTUNREACH", "EHOSTDOWN", "ENETUNREACH", "ENETDOWN"), msg("there is no way to that computer")),
    }
)
