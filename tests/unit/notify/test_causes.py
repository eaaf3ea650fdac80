"""What is wrong now: a table of snapshots and the causes they come to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from sheets_sync.errors import TroubleKind
from sheets_sync.i18n import language
from sheets_sync.mail.ledger import Delivery, DeliveryKey, DeliveryState
from sheets_sync.model import Period, msg
from sheets_sync.notify.causes import TITLES, Cause, what_is_wrong
from sheets_sync.notify.options import NotifyOptions
from sheets_sync.notify.snapshot import BackupState, FailedJob, MailTrouble, Snapshot, Trouble, Waiting

NOW = datetime(2024, 11, 6, 8, tzinfo=UTC)
K, S = TroubleKind, DeliveryState


def ago(**span: float) -> datetime:
    return NOW - timedelta(**span)


def trouble(kind: TroubleKind, since: datetime, about: str = "Perpustakaan 2024") -> Snapshot:
    return Snapshot(troubles=(Trouble(kind, about, "what Google said", since),))


def delivery(state: DeliveryState, since: datetime = NOW, name: str = "ibu") -> Delivery:
    key = DeliveryKey("o", "library", Period(2024, 10), "t", f"{name}@example.org")
    return Delivery(key, state, planned_at=since, changed_at=since, said="451 later")


def wrong(snapshot: Snapshot) -> list[str]:
    return [cause.key for cause in what_is_wrong(snapshot, NOW, NotifyOptions())]


@pytest.mark.parametrize(
    ("snapshot", "expected"),
    [
        (Snapshot(), []),
        # What passes by itself is worth a word after six hours, what only a person can mend at the second look.
        (trouble(K.GOOGLE, ago(hours=5.9)), []),
        (trouble(K.GOOGLE, ago(hours=6)), ["sync google"]),
        (trouble(K.QUOTA, ago(hours=5)), []),
        (trouble(K.QUOTA, ago(days=5)), ["sync quota"]),
        (trouble(K.LOGIN, NOW), []),
        (trouble(K.LOGIN, ago(minutes=15)), ["sync login"]),
        (trouble(K.PERMISSION, ago(minutes=14)), []),
        (trouble(K.PERMISSION, ago(minutes=15)), ["sync permission"]),
        (trouble(K.AWAY, ago(minutes=15)), ["sync away"]),
        (trouble(K.REFUSED, ago(minutes=15)), ["sync refused"]),
        (trouble(K.CONFIGURATION, ago(minutes=15)), ["sync configuration"]),
        (trouble(K.SCHEDULER, ago(minutes=14)), []),
        (trouble(K.SCHEDULER, ago(minutes=15)), ["sync scheduler"]),
        (trouble(K.UNEXPECTED, ago(minutes=15)), ["sync unexpected"]),
        (Snapshot(mail=MailTrouble("away", ago(hours=5))), []),
        (Snapshot(mail=MailTrouble("away", ago(hours=6))), ["mail"]),
        (Snapshot(deliveries=(delivery(S.UNKNOWN),)), ["deliveries unknown"]),
        (Snapshot(deliveries=(delivery(S.REFUSED),)), ["deliveries refused"]),
        (Snapshot(deliveries=(delivery(S.HELD),)), ["deliveries held"]),
        (Snapshot(deliveries=(delivery(S.DEFERRED, ago(hours=23)),)), []),
        (Snapshot(deliveries=(delivery(S.DEFERRED, ago(hours=24)),)), ["deliveries again"]),
        (Snapshot(waits=(Waiting("o x", msg("waits"), ago(hours=1), asks=False),)), []),
        (Snapshot(waits=(Waiting("o x", msg("waits"), ago(hours=6), asks=False),)), ["report o x"]),
        (Snapshot(waits=(Waiting("o x", msg("asks"), NOW, asks=True),)), ["report o x"]),
        (Snapshot(failing=(FailedJob("report o", msg("report"), "why", ago(minutes=14), "o"),)), []),
        (Snapshot(failing=(FailedJob("report o", msg("report"), "why", ago(minutes=15), "o"),)), ["job report o"]),
        (Snapshot(failing=(FailedJob("report o", msg("report"), "why", ago(hours=5), "o", tried=False),)), []),
        (
            Snapshot(failing=(FailedJob("report o", msg("report"), "why", ago(hours=6), "o", tried=False),)),
            ["job report o"],
        ),
        (Snapshot(clock=msg("ahead")), ["clock"]),
        (Snapshot(disk_free=500_000_000), []),
        (Snapshot(disk_free=499_999_999), ["disk"]),
        (Snapshot(backup=BackupState(None, ago(hours=49))), []),
        (Snapshot(backup=BackupState(None, ago(hours=51))), ["backup"]),
        (Snapshot(backup=BackupState(ago(hours=51), ago(days=90), "disk full")), ["backup"]),
        (Snapshot(backup=BackupState(ago(hours=1), ago(days=90))), []),
        (Snapshot(ways=(("tgram", "no"),)), ["way tgram"]),
        (Snapshot(beaten=ago(minutes=119)), []),
        (Snapshot(beaten=ago(minutes=121)), ["idle"]),
        (Snapshot(configuration=msg("line 3")), ["configuration"]),
        (Snapshot(store=msg("full")), ["store"]),
    ],
)
def test_what_is_wrong(snapshot: Snapshot, expected: list[str]) -> None:
    """Each sort of trouble is a cause of its own, from the moment on from which a person should hear of it."""
    assert wrong(snapshot) == expected


def test_every_sort_of_a_syncs_trouble_is_told() -> None:
    """No failure of a sync is without a cause; mail, clock and store have causes of their own."""
    assert set(TITLES) | {K.MAIL, K.CLOCK, K.STORE} == set(K)


def test_what_happens_together_is_told_together() -> None:
    """Forty workbooks that are unshared at once are one cause; another one makes it news."""
    forty = tuple(Trouble(K.PERMISSION, f"Workbook {n}", f"share {n}", ago(hours=1)) for n in range(40))
    [cause] = what_is_wrong(Snapshot(troubles=forty), NOW, NotifyOptions())
    [one_more] = what_is_wrong(
        Snapshot(troubles=(*forty, Trouble(K.PERMISSION, "w", "share", ago(hours=1)))), NOW, NotifyOptions()
    )
    assert "30" in language("id")(cause.title)
    assert cause.key == one_more.key
    assert cause.sign != one_more.sign


def test_what_google_says_may_change_without_being_news() -> None:
    """503 now and a timeout then are the same trouble."""
    signs = {
        cause.sign
        for said in ("503", "ReadTimeout")
        for cause in what_is_wrong(
            Snapshot(troubles=(Trouble(K.GOOGLE, "–", said, ago(days=1)),)), NOW, NotifyOptions()
        )
    }
    assert len(signs) == 1


@pytest.mark.parametrize("code", ["id", "en"])
def test_every_cause_says_what_to_do(code: str) -> None:
    """Title and sentences can be shown in both languages, and each has a sentence beside what was found."""
    everything = Snapshot(
        troubles=tuple(Trouble(kind, "w", "said", ago(days=1)) for kind in TITLES),
        mail=MailTrouble("away", ago(days=1)),
        deliveries=tuple(delivery(state, ago(days=2)) for state in (S.UNKNOWN, S.REFUSED, S.DEFERRED, S.HELD)),
        waits=(Waiting("o", msg("A report waits"), NOW, asks=True),),
        clock=msg("A report waits"),
        disk_free=0,
        backup=BackupState(None, ago(days=9)),
        ways=(("tgram", "no"),),
        beaten=ago(days=1),
        configuration=msg("A report waits"),
        store=msg("A report waits"),
    )
    causes: tuple[Cause, ...] = what_is_wrong(everything, NOW, NotifyOptions())
    t = language(code)
    assert len({cause.key for cause in causes}) == len(causes) == len(TITLES) + 13
    for cause in causes:
        assert t(cause.title)
        assert cause.said
        assert all(isinstance(line, str) or t(line) for line in cause.said)


@pytest.mark.parametrize("lapses", [True, False])
def test_what_was_given_up_is_not_called_well(lapses: bool) -> None:
    """A reminder whose days went by without it is over, and that is no good news."""
    failed = FailedJob("remind-o", msg("reminder"), "why", ago(hours=1), "o", lapses=lapses)
    [cause] = what_is_wrong(Snapshot(failing=(failed,)), NOW, NotifyOptions())
    assert cause.heals is not lapses
