"""What a mail server says, in a sentence: by its codes (RFC 5321, 4.2; RFC 3463 and 4954), its own words in brackets."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from sheets_sync.model import Message, msg
from sheets_sync.model.foreign import quoted

_CODES = re.compile(r"(?P<code>[2-5]\d\d)(?:[ -]+(?P<more>[245]\.\d{1,3}\.\d{1,3}))?")
_FAILURE = re.compile(r"[A-Z]\w+: |-1 ")  # the name of an error, or an answer without a code
_NO_ADDRESS = msg("there is no such address")
_FULL = msg("the recipient's mailbox is full")
_NOT_NOW = msg("the mail server can't take it just now")
_LOGIN = msg("the mail server wants a valid login")
_REFUSED = msg("the mail server does not take this message")
_MISUNDERSTOOD = msg("the mail server does not understand the request")
# The second and third number of an enhanced status code, which say more than the code before them.
_MORE: Mapping[str, Message] = MappingProxyType(
    {
        **dict.fromkeys(("1.0", "1.1", "1.2", "1.3", "1.4", "1.6", "1.10"), _NO_ADDRESS),
        **dict.fromkeys(("1.7", "1.8", "7.27"), msg("the mail server does not take the sender's address")),
        "2.1": msg("the recipient's mailbox is closed"),
        "2.2": _FULL,
        **dict.fromkeys(("2.3", "3.4"), msg("the message is too large")),
        **dict.fromkeys(("3.1", "4.5", "3.2"), _NOT_NOW),
        **dict.fromkeys(("4.1", "4.2", "4.4"), msg("the recipient's mail server can't be reached")),
        **dict.fromkeys(("7.8", "7.9", "7.14"), _LOGIN),
        **dict.fromkeys(("7.0", "7.1", "7.20", "7.23", "7.25", "7.26"), msg("the mail server's rules do not allow it")),
    }
)
# What is said of whoever sends: who we are, the day's allowance, a wanted login, rules and lists that name our address. Of
# rules all but those about one recipient, such as a list that takes mail of its members only.
_OF_US = re.compile(r"1\.[78]|3\.2|4\.5|7\.(?!(?:2|1[3789])$)\d+")
_CODES_OF_US = frozenset((521, 530, 534, 535, 538))
_BY_CODE: Mapping[int, Message] = MappingProxyType(
    {
        **dict.fromkeys((220, 235, 250, 251, 252, 354), msg("taken")),
        421: msg("the mail server is closing for now"),
        **dict.fromkeys((432, 454, 530, 534, 535, 538), _LOGIN),
        **dict.fromkeys((450, 451, 455), _NOT_NOW),
        452: msg("the mail server has no room for now, or has had enough recipients"),
        **dict.fromkeys((500, 501, 502, 503, 504, 555), _MISUNDERSTOOD),
        **dict.fromkeys((550, 551, 556), msg("the address does not exist, or may not be written to")),
        552: _FULL,
        553: msg("the address is not one that the mail server knows"),
        **dict.fromkeys((521, 554, 571), _REFUSED),
    }
)
_BY_HUNDRED: Mapping[int, Message] = MappingProxyType({2: msg("taken"), 3: _MISUNDERSTOOD, 4: _NOT_NOW, 5: _REFUSED})
_BROKEN = msg("the connection to the mail server broke off")


def said_of(text: str) -> Message | str:
    """What stands in the ledger beside a mail: what a server said, or a person in words of their own."""
    return server_said(text) if _CODES.match(text) or _FAILURE.match(text) else text


def server_said(text: str) -> Message:
    """What a mail server answered, as `550 5.1.1 no such user`; or the name of what went wrong on the way."""
    found = _CODES.match(text)
    if found is None:
        return quoted(_BROKEN, text)
    more = (found["more"] or "").partition(".")[2]
    code = int(found["code"])
    return quoted(_MORE.get(more) or _BY_CODE.get(code) or _BY_HUNDRED[code // 100], text)


def about_us(text: str) -> bool:
    """Whether a refusal is about who sends, and not about the message or its recipient: then it would meet every message."""
    found = _CODES.match(text)
    if found is None or found["code"][0] != "5":
        return False
    more = (found["more"] or "").partition(".")[2]
    return bool(_OF_US.fullmatch(more)) if more else int(found["code"]) in _CODES_OF_US
