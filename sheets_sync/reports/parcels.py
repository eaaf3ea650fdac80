"""Divides a report's files among as many mails as it takes, and says in each what it brings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from sheets_sync.reports.context import ReportContext
from sheets_sync.reports.rendered import Attachment, Parcel

FEW_FILES = 3  # letter, figures and a page for the wall: their names say enough
_LINE = 78 / 57  # base64: 57 bytes become a line of 76 characters and its end
_HEAD = 500  # bytes above each file


def parcels(files: Sequence[Attachment], room: int, context: ReportContext) -> tuple[Parcel, ...]:
    """One mail after the other with files that come to at most `room` bytes as they are sent; one that is larger goes alone.

    There is always a first one. It tells of all files, also of those in the others.
    """
    mails = list(_filled(files, room)) or [()]
    every = tuple(_told(mails, context)) if len(files) > FEW_FILES or len(mails) > 1 else ()
    first = Parcel(mails[0], 1, len(mails), every)
    own = (tuple(_line(each, context) for each in some) for some in mails[1:])
    others = (Parcel(some, n, len(mails), told) for n, (some, told) in enumerate(zip(mails[1:], own, strict=True), 2))
    return (first, *others)


def _filled(files: Sequence[Attachment], room: int) -> Iterator[tuple[Attachment, ...]]:
    mail: list[Attachment] = []
    for each in files:
        if mail and sum(map(sent_size, (*mail, each))) > room:
            yield tuple(mail)
            mail = []
        mail.append(each)
    if mail:
        yield tuple(mail)


def sent_size(file: Attachment) -> int:
    """How many bytes of a mail a file takes."""
    return round(len(file.kept) * _LINE) + _HEAD


def _told(mails: Sequence[Sequence[Attachment]], context: ReportContext) -> Iterator[str]:
    later = ((each, number) for number, some in enumerate(mails[1:], start=2) for each in some)
    for each, number in chain(((each, 1) for each in mails[0]), later):
        line = _line(each, context)
        yield line if number == 1 else context.say("attached_later", file=line, number=number)


def _line(file: Attachment, context: ReportContext) -> str:
    return context.say("attached_file", title=file.title, name=file.name) if file.title else file.name
