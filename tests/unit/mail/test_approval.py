"""Who may get mail, as a table: the approved, the first few of a library, nobody else."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_sync.mail.approval import MAX_ADDRESSES, Limits, known_together, stands, who_may
from sheets_sync.mail.ledger import Delivery, DeliveryKey, DeliveryState
from sheets_sync.model import Period
from sheets_sync.model.approval import HoldReason, KnownAddress

NOW = datetime(2024, 11, 5, tzinfo=UTC)
S, R = DeliveryState, HoldReason


def address(name: str, code: str = "t", *, approved: bool = True, sure: bool = True) -> KnownAddress:
    return KnownAddress(f"={code}", code, f"{name}@x.org", NOW, sure, NOW if approved else None)


def new(count: int, code: str = "t") -> list[KnownAddress]:
    return [address(f"n{number}", code, approved=False) for number in range(count)]


OLD = [address("a"), address("b", "p"), address("c", "q"), address("d", "r")]
MANY = [address(f"a{number}", f"l{number}") for number in range(30)]


@pytest.mark.parametrize(
    ("known", "held"),
    [
        (OLD, {}),
        ([*OLD, *new(1)], {"n0": R.NEW}),
        ([*OLD, *new(2)], {"n0": R.NEW, "n1": R.NEW}),
        ([address("a", sure=False, approved=False), *OLD[1:]], {"a": R.UNSURE}),
        ([address("a", sure=False), *OLD[1:]], {}),
        ([*MANY, *(each for n in range(10) for each in new(1, f"x{n}"))], {"n0": R.NEW}),
        ([*MANY, *(each for n in range(11) for each in new(1, f"x{n}"))], {"n0": R.MANY_NEW}),
        ([*OLD[:1], *(each for n in range(3) for each in new(1, f"x{n}"))], {"n0": R.MANY_NEW}),
        ([*OLD, *new(2000)], {f"n{number}": R.TOO_MANY for number in range(2000)}),
        ([address(f"a{n}") for n in range(7)], {"a5": R.TOO_MANY, "a6": R.TOO_MANY}),
    ],
)
def test_who_is_held_and_why(known: list[KnownAddress], held: dict[str, HoldReason]) -> None:
    """Whom nobody approved waits, with the gravest reason; whoever is approved gets mail, five of a library at most."""
    ruled = who_may(known, Limits())
    assert {place[1].partition("@")[0]: reason for place, reason in ruled.holds.items()} == held
    assert len(ruled.sends) + len(ruled.holds) == len({(each.code, each.address) for each in known})


def test_an_approval_counts_for_one_library_only() -> None:
    """An address that is approved for one library is a stranger's at any other."""
    ruled = who_may(OLD, Limits())
    assert (ruled.may("t", "A@x.org"), ruled.may("p", "a@x.org"), ruled.why_not("p", "a@x.org")) == (True, False, R.NEW)


def test_the_first_report_approves_no_pasted_list() -> None:
    """The go-ahead approves everybody known, but nobody of a library with more than five addresses."""
    crowd = new(6, "p")
    assert known_together([*new(MAX_ADDRESSES), *crowd], Limits()) == new(MAX_ADDRESSES)


known_lists = st.lists(
    st.builds(
        KnownAddress,
        library=st.just("="),
        code=st.sampled_from("abc"),
        address=st.sampled_from([f"{letter}@x.org" for letter in "abcdefghij"]),
        since=st.just(NOW),
        sure=st.booleans(),
        approved_at=st.sampled_from([None, NOW]),
    ),
    unique_by=lambda each: (each.code, each.address),
    max_size=30,
)


@given(known_lists)
def test_nobody_gets_mail_without_a_word(known: list[KnownAddress]) -> None:
    """Whatever the register says: only approved addresses send, at most five of a library, and nobody is forgotten."""
    ruled = who_may(known, Limits())
    approved = {(each.code, each.address) for each in known if each.approved_at}
    assert ruled.sends <= approved
    assert ruled.sends.isdisjoint(ruled.holds)
    assert ruled.sends | set(ruled.holds) == {(each.code, each.address) for each in known}
    assert all(sum(code == of for code, _ in ruled.sends) <= MAX_ADDRESSES for of in "abc")


def line(report: str, about: str, to: str, state: DeliveryState) -> Delivery:
    return Delivery(DeliveryKey("o", report, Period(2024, 11), about, to), state)


@pytest.mark.parametrize(
    ("delivery", "over", "becomes"),
    [
        (line("office", "", "kepala@x.org", S.PLANNED), False, S.PLANNED),
        (line("library", "t", "a@x.org", S.PLANNED), False, S.PLANNED),
        (line("library", "t", "a@x.org", S.DEFERRED), False, S.DEFERRED),
        (line("library", "t", "a@x.org", S.HELD), False, S.PLANNED),
        (line("library", "t", "n0@x.org", S.HELD), False, S.HELD),
        (line("library", "t", "n0@x.org", S.PLANNED), False, S.HELD),
        (line("library", "t", "gone@x.org", S.DEFERRED), False, S.WITHDRAWN),
        (line("library", "t", "gone@x.org", S.HELD), False, S.WITHDRAWN),
        (line("library", "p", "a@x.org", S.PLANNED), False, S.WITHDRAWN),
        (line("reminder-1", "", "a@x.org", S.HELD), False, S.PLANNED),
        (line("reminder-1", "", "a@x.org", S.HELD), True, S.WITHDRAWN),
        (line("reminder-1", "", "n0@x.org", S.PLANNED), False, S.HELD),
        (line("reminder-1", "", "n0@x.org", S.HELD), True, S.WITHDRAWN),
    ],
)
def test_what_waits_is_judged_again(delivery: Delivery, over: bool, becomes: DeliveryState) -> None:
    """A mail that waits goes, is held or is needed no more by who is approved now; the office's own is never touched."""
    ruled = who_may([*OLD, *new(1)], Limits())
    assert (
        stands(delivery, ruled, is_reminder=delivery.key.report != "office" and not delivery.key.about, over=over)
        is becomes
    )


def test_an_address_that_came_back_has_another_id() -> None:
    """What was typed beside it the first time can't approve it the second time."""
    assert address("a").id != replace(address("a"), since=NOW.replace(day=6)).id
