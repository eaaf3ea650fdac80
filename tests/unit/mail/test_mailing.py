"""What becomes of due deliveries: claims, outcomes, retries, the allowance, a server that goes away."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from memory_ledger import MemoryLedger

from sheets_sync.errors import MailServerError
from sheets_sync.mail.deliver import Mailing, mail_due
from sheets_sync.mail.ledger import Delivery, DeliveryKey, DeliveryState, Planned
from sheets_sync.mail.options import MailOptions
from sheets_sync.mail.smtp import Result
from sheets_sync.model import Period, msg

SENT, REFUSED, DEFERRED, UNKNOWN = (DeliveryState[name] for name in ("SENT", "REFUSED", "DEFERRED", "UNKNOWN"))
START = datetime(2024, 11, 6, 8, 0, tzinfo=UTC)


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now


class FakeTransport:
    """A transport whose results are prepared by recipient; everybody else gets the message."""

    def __init__(self, *, away: bool = False, **results: Result) -> None:
        self.away, self.results = away, results
        self.taken: list[str] = []
        self.senders: list[str] = []

    def open(self) -> None:
        if self.away:
            raise MailServerError(msg("away"))

    def send(self, recipient: str, message: bytes, sender: str = "") -> Result:
        assert message == f"to {recipient}".encode()
        self.taken.append(recipient)
        self.senders.append(sender)
        return self.results.get(recipient, Result(SENT, "250 OK"))


def key(recipient: str, **changes: object) -> DeliveryKey:
    return DeliveryKey("barito-timur", "library", Period(2024, 10), "tangkum", recipient, **changes)  # type: ignore[arg-type] # a version


def ledger(*recipients: str, priority: Callable[[str], int] = lambda _: 0) -> MemoryLedger:
    made = MemoryLedger()
    made.plan([Planned(key(name), f"to {name}".encode(), priority(name)) for name in recipients], START)
    return made


def states(made: MemoryLedger) -> dict[str, DeliveryState]:
    return {delivery.key.recipient: delivery.state for delivery in made.deliveries.values()}


def run(made: MemoryLedger, transport: FakeTransport, clock: Clock | None = None, **options: object) -> Mailing:
    return mail_due(made, transport, MailOptions.model_validate(options), clock or Clock())


def test_each_gets_it_once() -> None:
    """A second run sends nothing again."""
    made, transport = ledger("a", "b"), FakeTransport()
    assert run(made, transport) == Mailing(sent=2, reached=True)
    assert run(made, transport) == Mailing()
    assert transport.taken == ["a", "b"]


def test_planning_again_changes_nothing() -> None:
    """A delivery that was sent is not planned a second time, whatever the message says now; a new version is."""
    made, transport = ledger("a"), FakeTransport()
    run(made, transport)
    assert made.plan([Planned(key("A"), b"other")], START) == 0
    assert made.plan([Planned(key("a", version=2), b"to a")], START) == 1
    assert run(made, transport).sent == 1


def test_one_refusal_stops_nobody() -> None:
    """The others get their message when one is refused, put off, or uncertain."""
    transport = FakeTransport(
        a=Result(REFUSED, "550"), b=Result(DEFERRED, "451"), c=Result(UNKNOWN, "lost", broken=True)
    )
    made = ledger("a", "b", "c", "d")
    assert run(made, transport) == Mailing(sent=1, refused=1, again=1, unknown=1, reached=True)
    assert states(made) == {"a": REFUSED, "b": DEFERRED, "c": UNKNOWN, "d": SENT}


def test_a_claim_after_a_crash_is_unknown_and_never_repeated() -> None:
    """A claim without an outcome is listed as unknown and not sent again by itself."""
    made, transport = ledger("a", "b"), FakeTransport()
    made.claim(key("a").id, START)
    outcome = run(made, transport)
    assert [delivery.key.recipient for delivery in outcome.doubted] == ["a"]
    assert states(made) == {"a": UNKNOWN, "b": SENT}
    assert run(made, transport) == Mailing()
    assert transport.taken == ["b"]


def test_what_is_put_off_waits_longer_each_time_and_not_for_ever() -> None:
    """A message put off by the server is tried after 5 minutes, 15, an hour …, for days, and refused after the last try."""
    made, clock = ledger("a"), Clock()
    transport = FakeTransport(a=Result(DEFERRED, "451 greylisted"))
    waited = []
    while states(made)["a"] is not REFUSED:
        before = len(transport.taken)
        run(made, transport, clock, give_up_days=1.5)
        waited += [clock.now - START] if len(transport.taken) > before else []
        clock.now += timedelta(minutes=5)
    assert waited == [timedelta(minutes=minutes) for minutes in (0, 5, 20, 80, 260, 620, 1340, 2060)]
    assert made.deliveries[key("a").id].said == "451 greylisted"


def test_the_allowance_spreads_a_mailing_over_days_most_important_first() -> None:
    """With an allowance of two a day, the two most important go first and the others the next day."""
    made, clock, transport = ledger("c", "b", "a", priority=ord), Clock(), FakeTransport()
    first = run(made, transport, clock, daily_allowance=2)
    assert (first.sent, first.waiting, first.complete) == (2, 1, False)
    assert "allowance of 2" in str(first.problem)
    assert transport.taken == ["a", "b"]
    clock.now += timedelta(hours=23)
    assert run(made, transport, clock, daily_allowance=2).sent == 0
    clock.now += timedelta(hours=1)
    assert run(made, transport, clock, daily_allowance=2).sent == 1


def test_a_sender_whom_the_server_refuses_stops_no_other() -> None:
    """After three refusals one office's mails wait, and why is told; the other office's go, each from its own sender."""
    refused = Result(DEFERRED, "553 5.7.1 not your address", ours=True)
    made, transport = ledger("a", "b", "c", "d", "e"), FakeTransport(a=refused, b=refused, c=refused, d=refused)
    outcome = mail_due(
        made, transport, MailOptions(), Clock(), sender_of=lambda line: "x" if line.key.recipient != "e" else "y"
    )
    assert transport.taken == ["a", "b", "c", "e"]
    assert transport.senders == ["x", "x", "x", "y"]
    assert (outcome.sent, outcome.again, outcome.waiting, outcome.reached) == (1, 3, 1, True)
    assert "not your address" in str(outcome.problem)
    assert (states(made)["d"], states(made)["e"]) == (DeliveryState.PLANNED, SENT)


def test_a_server_that_is_away_costs_no_try() -> None:
    """While the server is away nothing is claimed; all goes out once it is back."""
    made = ledger("a", "b")
    away = run(made, FakeTransport(away=True))
    assert (away.waiting, str(away.problem)) == (2, "away")
    assert [delivery.tries for delivery in made.deliveries.values()] == [0, 0]
    assert run(made, FakeTransport()).sent == 2


def test_stops_at_a_server_that_keeps_breaking_off() -> None:
    """After three connections lost in a row the rest waits, instead of every message being burnt on a sick server."""
    lost = Result(DEFERRED, "connection lost", broken=True)
    made = ledger(*"abcdef")
    outcome = run(made, FakeTransport(a=lost, b=lost, c=lost, d=lost, e=lost, f=lost))
    assert (outcome.again, outcome.waiting) == (3, 3)
    assert "3 times in a row (the connection to the mail server broke off [connection lost])" in str(outcome.problem)


@pytest.mark.incident("mail-refuses-us")
def test_stops_at_a_server_that_refuses_us() -> None:
    """After three refusals in a row that are about us the rest waits, and the reason is told."""
    limit = Result(DEFERRED, "550 5.4.5 Daily user sending limit exceeded", ours=True)
    made = ledger(*"abcdef")
    outcome = run(made, FakeTransport(b=limit, c=limit, d=limit, e=limit, f=limit))
    assert (outcome.sent, outcome.again, outcome.waiting) == (1, 3, 2)
    assert "takes nothing from us at present" in str(outcome.problem)


@pytest.mark.parametrize(
    ("result", "reached"),
    [
        (Result(SENT, "250 OK"), True),
        (Result(REFUSED, "550 5.1.1 nobody"), True),
        (Result(DEFERRED, "451 greylisted"), True),
        (Result(DEFERRED, "SMTPServerDisconnected: closed", broken=True), False),
        (Result(UNKNOWN, "TimeoutError: timed out", broken=True), False),
        (Result(DEFERRED, "530 login first", ours=True), False),
    ],
    ids=str,
)
def test_what_shows_that_mail_gets_through(result: Result, reached: bool) -> None:
    """A word of the server's about a message does; a connection that breaks, or a refusal of us, does not."""
    assert run(ledger("a"), FakeTransport(a=result)).reached is reached


def test_nothing_tried_shows_nothing() -> None:
    """Neither an empty mailing nor one of mails that have to wait for the morning says that the server is well."""
    made = ledger("a")
    assert not mail_due(made, FakeTransport(), MailOptions(), Clock(), lambda _: False).reached


def test_the_key_names_what_is_sent_once() -> None:
    """The id of a delivery depends on every part of its key, and on the address without regard to case."""
    assert key("A@example.org").id == key("a@example.org").id
    others = [
        key("b@example.org"),
        key("a@example.org", version=2),
        DeliveryKey("barito-timur", "office", Period(2024, 10), "tangkum", "a@example.org"),
        DeliveryKey("barito-timur", "library", Period(2024, 9), "tangkum", "a@example.org"),
        DeliveryKey("barito-timur", "library", Period(2024, 10), "pangkan", "a@example.org"),
        DeliveryKey("kapuas", "library", Period(2024, 10), "tangkum", "a@example.org"),
    ]
    assert len({key("a@example.org").id, *(other.id for other in others)}) == 7
    assert Delivery(key("a")).id == key("a").id
