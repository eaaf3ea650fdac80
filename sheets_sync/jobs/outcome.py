"""How a job ended, workbook by workbook: what a person is told, and the exit status."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from sheets_sync.errors import SheetsSyncError, StoppedError, TroubleKind, UsageError
from sheets_sync.i18n import Language
from sheets_sync.mail.deliver import Mailing
from sheets_sync.model import Message, Reported, Severity, msg
from sheets_sync.model.account import TabAccount, tab_words
from sheets_sync.model.approval import HeldAddress, HoldReason

_SHOWN = 10  # held addresses


# The letters of severities, each never without its word.
_SORTS: Mapping[str, Message] = MappingProxyType(
    {
        Severity.FATAL: msg("{count} to be put right (F)"),
        Severity.EXPLAIN: msg("{count} to be put right or explained (E)"),
        Severity.WARNING: msg("{count} to know (W)"),
        Severity.READ_AS: msg("{count} read in our way (R)"),
    }
)


@dataclass(frozen=True, slots=True)
class Failure:
    """What could not be done for a workbook or an office, and what to do about it."""

    about: str
    message: Message
    usage: bool  # the configuration is to blame, not Google or the mail server
    kind: TroubleKind = TroubleKind.UNEXPECTED

    @classmethod
    def of(cls, about: str, error: SheetsSyncError) -> Failure:
        return cls(about, error.message, isinstance(error, UsageError), error.kind)


def _written(workbook: str, tabs: Sequence[str]) -> Message:
    """What a write brought: pages, or answers at the cells alone."""
    if not tabs:
        return msg("Comments written in workbook {workbook}.", workbook=workbook)
    return msg("Written: {tabs} in workbook {workbook}.", tabs=tabs, workbook=workbook)


@dataclass(frozen=True, slots=True)
class SyncOutcome:
    """What a sync, or a part of one, did. Outcomes add up.

    `written` names the tabs by workbook, none where only comments were written; `findings` counts the open ones by
    severity; `planned` holds the requests of a dry run by workbook.
    """

    read: tuple[str, ...] = ()
    adopted: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    written: Mapping[str, Sequence[str]] = field(default_factory=dict)
    findings: Mapping[str, int] = field(default_factory=dict)
    warnings: tuple[Message, ...] = ()
    failures: tuple[Failure, ...] = ()
    planned: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)
    tabs: Mapping[tuple[str, int], TabAccount] = field(
        default_factory=dict
    )  # of what was read, by workbook and sheetId
    left: tuple[str, ...] = ()  # offices that the run did not come to: it was told to end

    def __add__(self, other: SyncOutcome) -> SyncOutcome:
        return SyncOutcome(
            read=self.read + other.read,
            adopted=self.adopted + other.adopted,
            unchanged=self.unchanged + other.unchanged,
            written={**self.written, **other.written},
            findings=Counter(self.findings) + Counter(other.findings),
            warnings=self.warnings + other.warnings,
            failures=self.failures + other.failures,
            planned={**self.planned, **other.planned},
            tabs={**self.tabs, **other.tabs},
            left=tuple(dict.fromkeys(self.left + other.left)),
        )

    @classmethod
    def of(cls, error: SheetsSyncError, office: str, workbook: str) -> SyncOutcome:
        """What an error made of an office's work: a failure; no failure where the program was told to end, but work that is left."""
        if isinstance(error, StoppedError):
            return cls(left=(office,))
        return cls(failures=(Failure.of(workbook, error),))

    @property
    def status(self) -> int:
        """0 all done · 3 something failed, or was left when the run was told to end · 2 only the configuration is to blame and nothing could be done."""
        if not self.failures:
            return 3 if self.left else 0
        done = self.read or self.adopted or self.unchanged
        return 2 if not done and all(failure.usage for failure in self.failures) else 3

    def text(self, t: Language) -> str:
        """The outcome in a few lines."""
        lines = [
            t(
                "Workbooks read: {read}, unchanged: {unchanged}.",
                read=len(self.read),
                unchanged=len(self.unchanged) + len(self.adopted),
            ),
            *(t(_written(workbook, tabs)) for workbook, tabs in self.written.items()),
            *(
                t("Would send {count} requests to workbook {workbook}.", count=len(r), workbook=w)
                for w, r in self.planned.items()
            ),
        ]
        if self.findings:
            counts = [replace(words, params={"count": self.findings.get(sort, 0)}) for sort, words in _SORTS.items()]
            lines.append(t("Open findings: {counts}.", counts=[each for each in counts if each.params["count"]]))
        lines += [f"? {t(tab_words(tab))}" for tab in self.tabs.values() if tab.unread]
        lines += [f"! {t(warning)}" for warning in self.warnings]
        if self.left:
            lines.append(t("Offices left to the next run: {count}.", count=len(self.left)))
        failed = dict.fromkeys(f"✗ {t(failure.message)}" for failure in self.failures)  # read and written: told once
        return "\n".join([*lines, *failed])

    def tab_lines(self, t: Language) -> str:
        """What became of the figures of every tab that was read, a line each."""
        return "\n".join(t(tab_words(tab)) for tab in self.tabs.values())

    def document(self, t: Language) -> dict[str, Any]:
        """The outcome as JSON."""
        return {
            "read": list(self.read),
            "adopted": list(self.adopted),
            "unchanged": list(self.unchanged),
            "written": {workbook: list(tabs) for workbook, tabs in self.written.items()},
            "findings": dict(self.findings),
            "planned": dict(self.planned),
            "tabs": [{"workbook": where[0], **tab_document(tab, t)} for where, tab in self.tabs.items()],
            "warnings": [t(warning) for warning in self.warnings],
            "left": list(self.left),
            "failures": [{"about": f.about, "problem": t(f.message), "kind": f.kind.value} for f in self.failures],
            "status": self.status,
        }


@dataclass(frozen=True, slots=True)
class ReportOutcome:
    """What a report job did: how many deliveries it planned, and what its mailing came to.

    `left_out` says which libraries' mails could not be made.
    `waits` is why the report was not made, or its mails have not gone out.
    """

    office: str
    period: Reported
    planned: int
    mailing: Mailing
    waits: Message | None = None
    held: tuple[HeldAddress, ...] = ()
    approved_in: str = ""  # the tab in which the office approves them, if there is one
    left_out: tuple[Message, ...] = ()

    @property
    def status(self) -> int:
        """0, or 3 where the report waits, a mail could not be made or delivered; one that was put off has not failed."""
        return 3 if self.waits is not None or self.left_out else mailing_status(self.mailing)

    def text(self, t: Language) -> str:
        """The outcome in a few lines."""
        planned = t("{period}: {count} new deliveries planned.", period=self.period, count=self.planned)
        held = held_text(self.held, self.approved_in, t)
        problems = (*self.left_out, *([self.waits] if self.waits is not None else []))
        return "\n".join([planned, mailing_text(self.mailing, t), *held, *(f"✗ {t(each)}" for each in problems)])

    def document(self, t: Language) -> dict[str, Any]:
        """The outcome as JSON."""
        about = {"office": self.office, "period": str(self.period), "planned": self.planned, "status": self.status}
        held = [{"library": e.known.code, "address": e.known.address, "because": e.because.value} for e in self.held]
        left_out, waits = [t(each) for each in self.left_out], t(self.waits) if self.waits is not None else None
        return {**about, **mailing_document(self.mailing, t), "held": held, "waits": waits, "left_out": left_out}


@dataclass(frozen=True, slots=True)
class DeliverOutcome:
    """What a round of deliveries came to."""

    mailing: Mailing

    @property
    def status(self) -> int:
        return mailing_status(self.mailing)

    def text(self, t: Language) -> str:
        """The outcome in a line or two."""
        return mailing_text(self.mailing, t)

    def document(self, t: Language) -> dict[str, Any]:
        """The outcome as JSON."""
        return {"status": self.status, **mailing_document(self.mailing, t)}


def tab_document(tab: TabAccount, t: Language) -> dict[str, Any]:
    """The account of a tab as JSON."""
    counts = ("read", "asked", "labels", "unknown", "sums", "notes", "beside", "left")
    named = {name: getattr(tab, name) for name in counts}
    why = t(tab.why) if tab.why else None
    return {
        "tab": tab.title,
        "layout": tab.layout or None,
        "figures": tab.figures,
        **named,
        "unread": tab.unread,
        "why": why,
    }


def held_text(held: Sequence[HeldAddress], approved_in: str, t: Language) -> list[str]:
    """Who gets nothing for now, in a line, and where that is decided."""
    if not held:
        return []
    shown = [f"{each.name} <{each.known.address}>" for each in held[:_SHOWN]]
    more = [t("{count} more", count=len(held) - _SHOWN)] if len(held) > _SHOWN else []
    lines = [t("! Held, because nobody has approved the address: {addresses}.", addresses=[*shown, *more])]
    if any(each.because is HoldReason.MANY_NEW for each in held):
        lines.append(t("! So many new addresses at once look like a pasted list."))
    if approved_in:
        lines.append(t("Approve them in the tab {tab}, or with `sheets-sync approve ADDRESS`.", tab=approved_in))
    else:
        lines.append(t("Approve them with `sheets-sync approve ADDRESS`; `--list` shows all."))
    return lines


def mailing_status(mailing: Mailing) -> int:
    """3 where something was refused, is unknown, or the mail server can't be used."""
    return 3 if mailing.refused or mailing.unknown or mailing.doubted or mailing.problem else 0


def mailing_text(mailing: Mailing, t: Language) -> str:
    """A mailing in a line, and what a person has to do."""
    lines = [
        t(
            "Sent: {sent}, refused: {refused}, to be tried again: {again}, unknown: {unknown}, waiting: {waiting}.",
            sent=mailing.sent,
            refused=mailing.refused,
            again=mailing.again,
            unknown=mailing.unknown + len(mailing.doubted),
            waiting=mailing.waiting,
        )
    ]
    if mailing.refused or mailing.unknown or mailing.doubted:
        lines.append(t("`sheets-sync deliveries` shows which, and what the mail server said."))
    return "\n".join([*lines, *([f"✗ {t(mailing.problem)}"] if mailing.problem else [])])


def mailing_document(mailing: Mailing, t: Language) -> dict[str, Any]:
    """A mailing as JSON."""
    return {
        "sent": mailing.sent,
        "refused": mailing.refused,
        "again": mailing.again,
        "unknown": mailing.unknown,
        "waiting": mailing.waiting,
        "doubted": [delivery.id for delivery in mailing.doubted],
        "problem": t(mailing.problem) if mailing.problem else None,
    }
