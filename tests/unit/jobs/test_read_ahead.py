"""Workbooks read before anybody asks for them: each once, some of them ahead, whatever order they are asked for in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from random import Random
from threading import Event

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_sync.errors import NotFoundError
from sheets_sync.google import ReadWorkbook
from sheets_sync.jobs.read_ahead import ReadAhead
from sheets_sync.model import msg
from sheets_sync.model.grid import Workbook


def answer(workbook: str) -> ReadWorkbook:
    return ReadWorkbook(Workbook(workbook, "", "", "", ()), ())


class Google:
    """Notes what was asked for, and what was understood."""

    def __init__(self, gone: str = "") -> None:
        self.gone, self.asked, self.understood = gone, list[str](), list[str]()

    def ask(self, workbook: str) -> Callable[[], ReadWorkbook]:
        self.asked.append(workbook)
        if workbook == self.gone:
            raise NotFoundError(msg("gone"))

        def understand() -> ReadWorkbook:
            self.understood.append(workbook)
            return answer(workbook)

        return understand


@given(st.lists(st.sampled_from("abcdef"), min_size=1), st.integers(1, 4), st.randoms(use_true_random=False))
def test_each_workbook_is_read_once(workbooks: list[str], depth: int, dice: Random) -> None:
    """In whichever order they are asked for; one that two offices share is read for each."""
    google, order = Google(), workbooks[:]
    dice.shuffle(order)
    with ReadAhead(google.ask, workbooks, depth) as ahead:
        assert [ahead.read(each) for each in order] == [answer(each) for each in order]
    assert sorted(google.asked) == sorted(google.understood) == sorted(workbooks)


def test_so_many_are_asked_for_before_the_first_is_taken() -> None:
    """What has come is a text until it is taken; whoever is taken makes room for one more."""
    google, all_asked = Google(), Event()

    def ask(workbook: str) -> Callable[[], ReadWorkbook]:
        understand = google.ask(workbook)
        if len(google.asked) == 3:
            all_asked.set()
        return understand

    with ReadAhead(ask, "abcdef", 2) as ahead:
        ahead.read("a")
        assert all_asked.wait(10)
    assert (sorted(google.asked), google.understood) == (["a", "b", "c"], ["a"])


def test_what_can_t_be_read_is_told_to_who_takes_it() -> None:
    """And to nobody else."""
    with ReadAhead(Google("b").ask, "abc", 3) as ahead:
        with pytest.raises(NotFoundError):
            ahead.read("b")
        assert ahead.read("c") == answer("c")


def test_who_waits_for_one_says_so() -> None:
    """From when it is asked for until it has come; what came before that, and what is understood, is no waiting."""
    google, waiting, has_come, seen = Google(), list[str](), Event(), list[str]()

    @contextmanager
    def wait() -> Iterator[None]:
        waiting.append("begins")
        has_come.set()
        yield
        waiting.append("ends")

    def ask(workbook: str) -> Callable[[], ReadWorkbook]:
        assert has_come.wait(10)
        seen.extend(waiting)
        return google.ask(workbook)

    with ReadAhead(ask, "a", waiting=wait) as ahead:
        ahead.read("a")
    assert (seen, waiting) == (["begins"], ["begins", "ends"])
