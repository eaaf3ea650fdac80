"""What to tell, and to whom what was told before: one message for one cause, again only if it changes, once when it is over. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sheets_sync.model import Message
from sheets_sync.notify.causes import Cause
from sheets_sync.notify.options import NotifyOptions


@dataclass(frozen=True, slots=True)
class ToldCause:
    """A cause that was told; `gone_at` is since when it is no more, though that was not told yet."""

    sign: str
    title: Message
    told_at: datetime
    heals: bool = True
    gone_at: datetime | None = None
    offices: tuple[str, ...] = ()  # codes of those that it concerned; none: all


@dataclass(frozen=True, slots=True)
class Notice:
    """One message: what is new or has changed, what is well again, and what has been told and lasts.

    `offices` are the codes of those that it concerns, none: all.
    """

    news: tuple[Cause, ...] = ()
    over: tuple[Message, ...] = ()
    lasting: tuple[Message, ...] = ()
    offices: frozenset[str] = frozenset()


Before = Mapping[str, ToldCause]  # what a way was told, by the cause's key


def what_to_tell(
    causes: Sequence[Cause], before: Before, now: datetime, options: NotifyOptions
) -> tuple[Notice | None, dict[str, ToldCause]]:
    """The message that is due, if there is one, and what will have been told once it has been sent.

    Without a message what is remembered may have changed all the same: a cause that has just gone is called over only
    when it has stayed away for a while, so that one that comes and goes is not told each time.
    """
    after = {key: _seen(told, key in {cause.key for cause in causes}, now) for key, told in before.items()}
    over = [key for key, told in after.items() if _is_over(told, now, options)]
    healed = [after[key] for key in over if after[key].heals]
    news = tuple(cause for cause in causes if _is_news(cause, before.get(cause.key), now, options))
    for key in over:
        del after[key]
    after |= {cause.key: _told(cause, now) for cause in news}
    if not news and not healed:
        return None, after
    new, concerned = {cause.key for cause in news}, [each.offices for each in news or healed]
    lasting = tuple(cause.title for cause in causes if cause.key not in new)
    offices = frozenset[str]().union(*concerned) if all(concerned) else frozenset[str]()
    return Notice(news, tuple(told.title for told in healed), lasting, offices), after


def _told(cause: Cause, now: datetime) -> ToldCause:
    return ToldCause(cause.sign, cause.title, now, cause.heals, offices=tuple(sorted(cause.offices)))


def _seen(told: ToldCause, there: bool, now: datetime) -> ToldCause:
    """What is remembered of a cause now that it is there or not; a moment in the future was noted by a wrong clock."""
    if there:
        return replace(told, gone_at=None)
    return replace(told, gone_at=min(told.gone_at or now, now))


def _is_over(told: ToldCause, now: datetime, options: NotifyOptions) -> bool:
    return told.gone_at is not None and now - told.gone_at >= timedelta(minutes=options.calm_minutes)


def _is_news(cause: Cause, told: ToldCause | None, now: datetime, options: NotifyOptions) -> bool:
    if told is None:
        return True
    rested = not timedelta() <= now - told.told_at < timedelta(hours=options.repeat_hours)
    return cause.sign != told.sign and rested
