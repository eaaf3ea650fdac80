"""How things stand at an office: store, pages, comments, deliveries, mails; two that went through the same are equal."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email import message_from_bytes
from types import MappingProxyType

from installation import Installation
from ready_store import rows_of_all

from sheets_sync.mail.ledger import DeliveryState
from sheets_sync.store.tables import Moment, metadata

PAGES = ("Rekap", "Perlu Dicek", "Rincian", "Indikator")
_TIME = re.compile(r"\d{1,2} \w{3,} 20\d\d,? \d\d[.:]\d\d")  # when something was looked at
_OF_THE_RUN = frozenset({"runs", "facts", "page_state"})  # what tells of the runs themselves
_BY_CHANCE: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "workbooks": frozenset({"version", "fingerprint", "layout", "marks", "wrote_until"}),
        "observations": frozenset({"id", "since"}),
        "findings": frozenset({"id"}),
        "seals": frozenset({"token", "digest", "inputs"}),
        "sealed_files": frozenset({"content"}),
        "deliveries": frozenset({"message", "state", "tries", "said"}),
        "pages": frozenset({"hash"}),
    }
)


@dataclass(frozen=True, slots=True)
class History:
    """`store` by table, without moments and what is made up anew each time; `mails` are Message-IDs, counted."""

    store: Mapping[str, tuple[str, ...]]
    pages: Mapping[str, tuple[str, ...]]
    comments: tuple[str, ...]
    deliveries: Mapping[str, str]
    mails: Mapping[str, int]

    @property
    def unknown(self) -> tuple[str, ...]:
        """The deliveries of which a person has to say whether they arrived."""
        return tuple(key for key, state in self.deliveries.items() if state == DeliveryState.UNKNOWN)


def history(here: Installation) -> History:
    """Read from the store, from the workbook as people see it, and from the mailbox."""
    book = here.person()
    with here.app() as app:
        grid = app.google(app.settings.key_file(here.office(app))).read(here.workbook).grid
        deliveries = {line.id: line.state.value for line in app.store.deliveries.of()}
    return History(
        _tables(here),
        {title: _shown(book.worksheet(title).get_all_values()) for title in PAGES},
        tuple(sorted(f"{thread.text} {thread.resolved}" for thread in grid.comments)),
        dict(sorted(deliveries.items())),
        arrived(here),
    )


def arrived(here: Installation) -> Counter[str]:
    """How often each delivery lies in the mailbox."""
    messages = (message_from_bytes(path.read_bytes()) for path in here.mailbox.kept.messages)
    return Counter(str(message["Message-ID"]).strip("<>").partition("@")[0] for message in messages)


def differences(found: History, expected: History) -> Iterator[str]:
    """What is not as it should be, by its table, its page, or *comments*; of a delivery that is unknown nothing is."""
    for part in ("store", "pages"):
        here, there = getattr(found, part), getattr(expected, part)
        yield from (f"{name}: {_first(here[name], there[name])}" for name in there if here[name] != there[name])
    if found.comments != expected.comments:
        yield f"comments: {_first(found.comments, expected.comments)}"
    for key, state in {**expected.deliveries, **found.deliveries}.items():
        was, mails = expected.deliveries.get(key), found.mails.get(key, 0)
        if state not in (was, DeliveryState.UNKNOWN):
            yield f"delivery {key} is {state}, not {was}"
        if mails not in ({0, 1} if state == DeliveryState.UNKNOWN else {expected.mails.get(key, 0)}):
            yield f"delivery {key} arrived {mails} times, not {expected.mails.get(key, 0)}"


def _first(found: tuple[str, ...], expected: tuple[str, ...]) -> str:
    """The first rows that are only on one side."""
    more, less = Counter(found) - Counter(expected), Counter(expected) - Counter(found)
    return f"{next(iter(more), '-')!r:.200} for {next(iter(less), '-')!r:.200}"


def _shown(rows: list[list[str]]) -> tuple[str, ...]:
    return tuple(_TIME.sub("(time)", " | ".join(row)) for row in rows)


def _tables(here: Installation) -> dict[str, tuple[str, ...]]:
    """Every table's rows as text, sorted; a moment is only there or not."""
    return {
        name: tuple(sorted(str(_told(name, row)) for row in rows))
        for name, rows in rows_of_all(here.settings().store_url).items()
        if name not in _OF_THE_RUN
    }


def _told(name: str, row: tuple[object, ...]) -> tuple[object, ...]:
    named = zip(metadata.tables[name].columns, row, strict=True)
    left_out = _BY_CHANCE.get(name, frozenset())
    return tuple(
        value is None if isinstance(column.type, Moment) else value
        for column, value in named
        if column.name not in left_out
    )
