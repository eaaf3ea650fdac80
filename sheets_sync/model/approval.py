"""Who of a library may get mail, and what waits for a person's word."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sheets_sync.model.message import Message


class HoldReason(StrEnum):
    """Why an address gets no mail for now."""

    NEW = "new"  # nobody has said yet that it is right
    UNSURE = "unsure"  # its row may be another library's than the one it says it is
    TOO_MANY = "too_many"  # its library has more addresses than a library has people
    MANY_NEW = "many_new"  # so many came at once that somebody may have pasted a list


@dataclass(frozen=True, slots=True)
class KnownAddress:
    """An address that stands in the register for a library.

    `library` is its inner identity, `code` what it is called now, `since` when the address came; `sure` is whether the
    row was recognised without doubt. `approved_at` is None as long as nobody has let it have mail. `instead_of` is the
    address that left the library's row as this one came.
    """

    library: str
    code: str
    address: str
    since: datetime
    sure: bool = True
    approved_at: datetime | None = None
    how: str = ""
    instead_of: str = ""

    @property
    def id(self) -> str:
        """What it is called where it is approved: another one each time the address comes back."""
        parts = f"{self.library}\x1f{self.address.casefold()}\x1f{self.since.isoformat()}"
        return f"A-{hashlib.blake2s(parts.encode(), digest_size=4).hexdigest()}"


@dataclass(frozen=True, slots=True)
class HeldAddress:
    """An address that waits for a person's word, with the library's name as the register has it."""

    known: KnownAddress
    name: str
    because: HoldReason


@dataclass(frozen=True, slots=True)
class MailState:
    """Who of an office's libraries can't get mail: held addresses, and libraries (by code) without any.

    `approved` are the ids of those who may; `problem` is why approvals that are typed in the sheet don't count.
    """

    held: tuple[HeldAddress, ...] = ()
    approved: frozenset[str] = frozenset()
    without_address: tuple[str, ...] = ()
    problem: Message | None = None
    down: Message | None = None  # that no mail gets through at all, and since when
