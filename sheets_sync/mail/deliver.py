"""Delivers what the ledger says is due: claim, hand over, write down what became of it. One bad address stops nobody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sheets_sync.errors import MailServerError
from sheets_sync.mail.ledger import Delivery, DeliveryState, Ledger
from sheets_sync.mail.options import MailOptions
from sheets_sync.mail.smtp import MailTransport, Result
from sheets_sync.mail.words import server_said
from sheets_sync.model import Message, msg

DAY = timedelta(hours=24)
MAX_BREAKS = 3  # connections lost, or refusals that are about a sender of ours, in a row before it is given up for now


@dataclass(frozen=True, slots=True)
class Mailing:
    """What a mailing came to. `doubted` are claims a crash had left behind; `problem` is why it ended early.

    `reached`: the server took a message, or had something to say about one, so that mail gets through.
    """

    sent: int = 0
    refused: int = 0
    again: int = 0
    unknown: int = 0
    waiting: int = 0  # due, but not tried: over the allowance, or the server went away
    doubted: tuple[Delivery, ...] = ()
    problem: Message | None = None
    reached: bool = False

    @property
    def complete(self) -> bool:
        """Whether everything that was due has arrived."""
        return not (self.refused or self.again or self.unknown or self.waiting or self.doubted or self.problem)


def mail_due(
    ledger: Ledger,
    transport: MailTransport,
    options: MailOptions,
    clock: Callable[[], datetime],
    may_go: Callable[[Delivery], bool] = lambda _: True,
    stopping: Callable[[], bool] = lambda: False,
    sender_of: Callable[[Delivery], str] = lambda _: "",
) -> Mailing:
    """Hands over every due delivery within the allowance, most important first.

    The caller holds the lock of the job, so that a claim found here can only be a crash's. What `may_go` holds back,
    a reminder at night for one, waits as it is; so does the rest once `stopping` says so. `sender_of` says whom each is
    from; a sender whom the server refuses stops no other.
    """
    doubted = tuple(ledger.mark_claims_unknown(clock()))
    due = [delivery for delivery in ledger.due(clock()) if may_go(delivery)]
    allowed = max(0, options.daily_allowance - ledger.claimed_between(clock() - DAY, clock()))
    became: Counter[DeliveryState] = Counter()
    problem, reached = _over_allowance(options) if len(due) > allowed else None, False
    try:
        for result in _deliveries(due[:allowed], ledger, transport, options, clock, sender_of):
            became[result.state] += 1
            reached |= not (result.broken or result.ours)
            if stopping():
                break
    except MailServerError as error:
        problem = error.message
    return Mailing(
        sent=became[DeliveryState.SENT],
        refused=became[DeliveryState.REFUSED],
        again=became[DeliveryState.DEFERRED],
        unknown=became[DeliveryState.UNKNOWN],
        waiting=len(due) - became.total(),
        doubted=doubted,
        problem=problem,
        reached=reached,
    )


def _deliveries(
    due: Sequence[Delivery],
    ledger: Ledger,
    transport: MailTransport,
    options: MailOptions,
    clock: Callable[[], datetime],
    sender_of: Callable[[Delivery], str],
) -> Iterator[Result]:
    """The outcome of one delivery after the other.

    Raises:
        MailServerError: the server is away, breaks off one message after the other, or takes none of a sender's; what was
            not tried stays as it was.
    """
    breaks, refused, said = 0, Counter[str](), None
    for delivery in due:
        sender = sender_of(delivery)
        if refused[sender] == MAX_BREAKS:
            continue
        transport.open()
        message = ledger.claim(delivery.id, clock())
        if message is None:
            continue
        result = _bounded(transport.send(delivery.key.recipient, message, sender), delivery.tries + 1, options)
        again = result.state is DeliveryState.DEFERRED
        next_try = clock() + _wait(delivery.tries + 1, options) if again else None
        ledger.resolve(delivery.id, result.state, result.said, clock(), next_try)
        yield result
        breaks = breaks + 1 if result.broken and not result.ours else 0
        refused[sender] = refused[sender] + 1 if result.ours else 0
        if breaks == MAX_BREAKS:
            raise MailServerError(_broke_off(breaks, result.said))
        said = result.said if refused[sender] == MAX_BREAKS else said
    if said is not None:
        raise MailServerError(_not_ours(said))


def _bounded(result: Result, tries: int, options: MailOptions) -> Result:
    """What was put off for so long that the next try would come too late is refused."""
    if result.state is DeliveryState.DEFERRED and _tried_for(tries + 1, options) > timedelta(days=options.give_up_days):
        return Result(DeliveryState.REFUSED, result.said, result.broken)
    return result


def _tried_for(tries: int, options: MailOptions) -> timedelta:
    """How much time lies between the first and the last of so many tries, by the waits alone.

    Not by the clock: a message is not given up because nothing was running for a week.
    """
    return sum((_wait(each, options) for each in range(1, tries)), timedelta())


def _wait(tries: int, options: MailOptions) -> timedelta:
    """How long to wait after so many tries."""
    waits = options.waits_minutes
    return timedelta(minutes=waits[min(tries, len(waits)) - 1])


def _over_allowance(options: MailOptions) -> Message:
    count = options.daily_allowance
    return msg("The daily allowance of {count} messages is used up; the rest follows when it allows.", count=count)


def _broke_off(count: int, said: str) -> Message:
    return msg(
        "The mail server broke off {count} times in a row ({said}); the rest waits.",
        count=count,
        said=server_said(said),
    )


def _not_ours(said: str) -> Message:
    return msg(
        "The mail server takes nothing from us at present ({said}); what is left waits. Ask whoever runs it if this lasts.",
        said=server_said(said),
    )
