"""All that decides what is wrong, as plain values of one moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sheets_sync.errors import TroubleKind
from sheets_sync.mail.ledger import Delivery
from sheets_sync.model import Message


@dataclass(frozen=True, slots=True)
class Trouble:
    """What the last sync could not do: about a workbook (its title), a key file or an office, and since when.

    `offices` are the codes of those that it concerns.
    """

    kind: TroubleKind
    about: str
    problem: Message | str
    since: datetime
    offices: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class MailTrouble:
    """Why the last mailing ended early, and since when nothing gets through."""

    problem: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Waiting:
    """What an office's report waits for. `sign` is another one as soon as that is news; `asks`: only a person can help."""

    sign: str
    told: Message
    since: datetime
    asks: bool
    office: str = ""  # its code


@dataclass(frozen=True, slots=True)
class FailedJob:
    """A job that is due and fails each time it is tried, since a moment; `job` is the name under which it is noted.

    `tried` False: it is not even tried, because it would say nothing. `lapses`: after some days it is given up without
    having been done, which is no good end.
    """

    job: str
    told: Message
    problem: Message | str
    since: datetime
    office: str = ""  # its code
    tried: bool = True
    lapses: bool = False


@dataclass(frozen=True, slots=True)
class BackupState:
    """The last good backup (None: there was none yet), since when they are made, what the last try said."""

    last: datetime | None
    since: datetime
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What is known at a moment. Moments are in the office's time zone, since people read them.

    `deliveries` are those that have no good end; `clock` is what there is to say of a clock that is wrong; `disk_free` in
    bytes; `beaten` is when a job was last begun (None: never); `store` says what is wrong with the store itself;
    `untold` are the codes of offices of which nothing can be told; `offices` names all, by code.
    """

    troubles: tuple[Trouble, ...] = ()
    mail: MailTrouble | None = None
    deliveries: tuple[Delivery, ...] = ()
    waits: tuple[Waiting, ...] = ()
    failing: tuple[FailedJob, ...] = ()
    clock: Message | None = None
    disk_free: int | None = None
    backup: BackupState | None = None
    ways: tuple[tuple[str, str], ...] = ()  # ways that failed, each with what it said
    beaten: datetime | None = None
    beats_every: timedelta = timedelta(minutes=15)
    configuration: Message | None = None  # why a changed configuration was not taken
    store: Message | None = None
    untold: frozenset[str] = frozenset()
    offices: Mapping[str, str] = field(default_factory=dict)
