"""What to tell: one message for one cause, again only if it changes, one when it is over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_sync.i18n import language
from sheets_sync.model import msg
from sheets_sync.notify.causes import Cause
from sheets_sync.notify.options import NotifyOptions
from sheets_sync.notify.telling import Notice, ToldCause, what_to_tell
from sheets_sync.notify.wording import subject, text

START = datetime(2024, 11, 6, 8, tzinfo=UTC)
HOUR = 60


def cause(key: str, sign: str = "", *, heals: bool = True) -> Cause:
    return Cause(key, sign, msg("{what}", what=key), (msg("do this"),), heals)


def story(course: Mapping[int, Sequence[Cause]], until: int) -> list[tuple[int, list[str], list[str]]]:
    """What is told minute by minute: the causes of a minute last until the next one that is named."""
    told: dict[str, ToldCause] = {}
    said = list[tuple[int, list[str], list[str]]]()
    causes: Sequence[Cause] = ()
    for minute in range(until + 1):
        causes = course.get(minute, causes)
        notice, told = what_to_tell(causes, told, START + timedelta(minutes=minute), NotifyOptions())
        if notice is not None:
            said.append((minute, [each.key for each in notice.news], [str(each) for each in notice.over]))
    return said


A, B, A2, GONE = cause("a"), cause("b"), cause("a", "more"), cause("r", heals=False)


@pytest.mark.parametrize(
    ("course", "expected"),
    [
        ({0: []}, []),
        ({0: [A]}, [(0, ["a"], [])]),
        ({0: [A], 20: []}, [(0, ["a"], []), (50, [], ["a"])]),
        ({0: [A, B]}, [(0, ["a", "b"], [])]),
        ({0: [A], 10: [A, B], 60: []}, [(0, ["a"], []), (10, ["b"], []), (90, [], ["a", "b"])]),
        # What changes is told again, but not every minute.
        ({0: [A], 10: [A2]}, [(0, ["a"], []), (6 * HOUR, ["a"], [])]),
        ({0: [A], 10: [A2], 20: [A]}, [(0, ["a"], [])]),
        # What comes and goes is not told each time.
        ({0: [A], 5: [], 10: [A], 15: [], 20: [A], 25: [], 30: [A]}, [(0, ["a"], [])]),
        # That a refused delivery grows old is no good news.
        ({0: [GONE], 10: []}, [(0, ["r"], [])]),
    ],
)
def test_a_story_is_told(
    course: Mapping[int, Sequence[Cause]], expected: list[tuple[int, list[str], list[str]]]
) -> None:
    """Minute by minute, exactly what a person should get."""
    assert story(course, 12 * HOUR) == expected


@given(st.lists(st.sets(st.sampled_from("abc")), min_size=1, max_size=40))
def test_nothing_is_told_twice_and_nothing_is_forgotten(days: list[set[str]]) -> None:
    """Whatever comes and goes: news and all-clear take turns, and what is wrong at the end was told."""
    told: dict[str, ToldCause] = {}
    last: dict[str, str] = {}
    for number, wrong in enumerate(days):
        at = START + timedelta(minutes=20 * number)
        notice, told = what_to_tell([cause(key) for key in sorted(wrong)], told, at, NotifyOptions())
        for kind, keys in _said(notice).items():
            for key in keys:
                assert last.get(key, "over") != kind
                last[key] = kind
    assert all(last[key] == "news" for key in days[-1])


def _said(notice: Notice | None) -> dict[str, list[str]]:
    if notice is None:
        return {}
    return {"news": [each.key for each in notice.news], "over": [str(each) for each in notice.over]}


@pytest.mark.parametrize("ahead", [timedelta(days=365), timedelta(days=1)])
def test_a_moment_in_the_future_stops_nothing(ahead: timedelta) -> None:
    """What a wrong clock noted neither hides a change nor delays the all-clear beyond its half hour."""
    told = {"a": ToldCause("", A.title, START + ahead, gone_at=START + ahead)}
    changed, _ = what_to_tell([A2], told, START, NotifyOptions())
    _, soon = what_to_tell([], told, START, NotifyOptions())
    over, _ = what_to_tell([], soon, START + timedelta(minutes=30), NotifyOptions())
    assert changed is not None
    assert over is not None


def test_a_notice_reads_well() -> None:
    """The subject says what and how much more; the text what to do, what is well again and what lasts."""
    t = language("id")
    notice = Notice((A, B), (msg("Mail"),), (msg("Disk"),))
    assert subject(notice, "Dinas", t) == "Dinas: a (dan 1 hal lain)"
    assert subject(Notice(over=(msg("Mail"),)), "Dinas", t) == "Dinas: kembali normal: Surel"
    body = text(notice, t)
    assert body.index("✗ a") < body.index("do this") < body.index("✗ b") < body.index("✓") < body.index("Disk")
