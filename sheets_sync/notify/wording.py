"""A notice as a person reads it: a subject, and plain text that fits a chat as well as a mail. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from sheets_sync.i18n import Language
from sheets_sync.model import Message, msg
from sheets_sync.model.text import one_line
from sheets_sync.notify.causes import SHOWN, Cause
from sheets_sync.notify.telling import Notice

MAX_LINE = 600  # characters of one sentence; what Google or a mail server says can be long


def about(notice: Notice, offices: Mapping[str, str]) -> Message | str:
    """Whom a message concerns, of the offices' names by code: the few that it is about, else how many there are."""
    concerned = [name for code, name in offices.items() if code in notice.offices] or list(offices.values())
    return concerned[0] if len(concerned) == 1 else msg("{count} offices", count=len(concerned))


def subject(notice: Notice, who: Message | str, t: Language) -> str:
    """`Perpustakaan Barito Timur: Google tidak dapat dihubungi (dan 2 hal lain)`."""
    who = who if isinstance(who, str) else t(who)
    titles = [cause.title for cause in notice.news] or [msg("well again: {what}", what=title) for title in notice.over]
    more = len(notice.news or notice.over) - 1
    first = one_line(t(titles[0]))
    return t("{who}: {what} (and {more} more)", who=who, what=first, more=more) if more else f"{who}: {first}"


def text(notice: Notice, t: Language, offices: Mapping[str, str] = MappingProxyType({})) -> str:
    """The whole message; where there are several offices, each cause says which it concerns."""
    blocks = [*(_block(cause, t, offices if len(offices) > 1 else {}) for cause in notice.news)]
    if notice.over:
        blocks.append("\n".join(["✓ " + t("Well again:"), *_listed(notice.over, t)]))
    if notice.lasting:
        blocks.append("\n".join([t("Told before, and still so:"), *_listed(notice.lasting, t)]))
    blocks.append(t("`sheets-sync status` shows how things stand. This message comes once for each cause."))
    return "\n\n".join(blocks)


def _block(cause: Cause, t: Language, offices: Mapping[str, str]) -> str:
    names = [name for code, name in offices.items() if code in cause.offices]
    more = [msg("{count} more", count=len(names) - SHOWN)] if len(names) > SHOWN else []
    whom = [msg("Concerns: {names}.", names=[*names[:SHOWN], *more])] if names else []
    said = (each if isinstance(each, str) else t(each) for each in (*whom, *cause.said))
    return "\n".join([f"✗ {one_line(t(cause.title))}", *(f"  {one_line(line)[:MAX_LINE]}" for line in said)])


def _listed(titles: tuple[Message, ...], t: Language) -> Iterator[str]:
    return (f"  – {one_line(t(title))}" for title in titles)
