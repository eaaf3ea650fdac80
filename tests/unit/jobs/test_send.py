"""What Google refuses of a write costs nobody else: the rest is sent, in a bounded number of requests."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets_sync.errors import GoogleDownError, RefusedError
from sheets_sync.google import ReadWorkbook, Written
from sheets_sync.jobs.send import MAX_BYTES, MAX_WRITES, Sent, WritePart, send
from sheets_sync.model import msg
from sheets_sync.model.grid import Workbook
from sheets_sync.model.json import JsonObject

AFTER = ReadWorkbook(Workbook("WB", "", "in_ID", "", ()), ())


class Google:
    """Takes every write without a request that it refuses; says which one, or not."""

    def __init__(self, refused: set[str], *, names: bool = True) -> None:
        self.refused, self.names, self.writes, self.applied = refused, names, 0, list[str]()

    def write(self, requests: Sequence[JsonObject]) -> Written:
        self.writes += 1
        for number, request in enumerate(requests):
            if request["id"] in self.refused:
                raise RefusedError(msg("no"), number if self.names else None, "no")
        self.applied += [request["id"] for request in requests]
        return Written(AFTER, datetime.now(UTC), comments_saved=True)


def parts(*names: str) -> list[WritePart]:
    """Two requests each; upper-case names are pages."""
    return [
        WritePart(
            tuple({"id": f"{name}{number}"} for number in range(2)),
            name if name.isupper() else None,
            "" if name.isupper() else name,
        )
        for name in names
    ]


@pytest.mark.parametrize(
    ("refused", "names", "stand", "writes"),
    [
        (set(), True, "ABab", 1),
        ({"B1"}, True, "Aab", 3),
        ({"a0"}, True, "ABb", 3),
        ({"a1", "b0"}, True, "AB", 3),
        ({"A0", "B0"}, True, "ab", 3),
        ({"A0", "B0", "a0", "b0"}, True, "", 4),
        ({"a0"}, False, "ABb", 5),
        ({"B0"}, False, "Aab", 5),
    ],
)
def test_the_rest_is_sent(refused: set[str], names: bool, stand: str, writes: int) -> None:
    """Undisturbed it is one write; otherwise exactly the parts with a refused request are missing, and are named."""
    google = Google(refused, names=names)
    sent = send(google.write, parts("A", "B", "a", "b"))
    assert "".join(sorted(part.role or part.library for part in sent.stand)) == stand
    assert {part.role or part.library for part, _ in sent.refused} == {name[0] for name in refused}
    assert (sent.waiting, google.writes) == ((), writes)
    assert (sent.written is None) == (stand == "")


@given(st.sets(st.integers(0, 60)), st.booleans())
def test_it_ends_and_nothing_is_applied_twice(refused: set[int], names: bool) -> None:
    """However many are refused: at most so many writes; every part stands once, is refused, or waits."""
    labels = ["A", "B", *(f"p{number}" for number in range(61))]
    google = Google({f"p{number}0" for number in refused}, names=names)
    sent = send(google.write, parts(*labels))
    told = [*sent.stand, *(part for part, _ in sent.refused), *sent.waiting]
    assert google.writes <= MAX_WRITES
    assert sorted(part.role or part.library for part in told) == sorted(labels)
    assert {part.library for part, _ in sent.refused} <= {f"p{number}" for number in refused}
    assert len(google.applied) == len(set(google.applied)) == 2 * len(sent.stand)
    assert {"A", "B"} <= {part.role for part in sent.stand}


def test_a_lost_answer_ends_it() -> None:
    """What may have been applied is not sent again."""

    def lost(_: Sequence[JsonObject]) -> Written:
        raise GoogleDownError(msg("away"))

    with pytest.raises(GoogleDownError):
        send(lost, parts("A"))


# --- Pages that are too much for one write --------------------------------------------------------------------------------


class Slices:
    """Takes slices and the last write in their order; refuses a slice that holds `refused`."""

    def __init__(self, refused: str = "") -> None:
        self.refused, self.applied, self.sizes = refused, list[str](), list[int]()

    def push(self, requests: Sequence[JsonObject]) -> None:
        names = [str(request["id"]) for request in requests]
        if self.refused in names:
            raise RefusedError(msg("no"), names.index(self.refused), "no")
        self.applied += names
        self.sizes.append(len(json.dumps(requests, separators=(",", ":"))))

    def write(self, requests: Sequence[JsonObject]) -> Written:
        self.push(requests)
        return Written(AFTER, datetime.now(UTC), comments_saved=True)


def page(name: str, thousands: int, kilobytes: int) -> WritePart:
    """A page of so many thousand rows, each with so many thousand signs."""
    rows = [{"values": [{"userEnteredValue": {"stringValue": "x" * 1000 * kilobytes}}]}] * 1000
    requests = [{"id": f"{name}{number}", "updateCells": {"rows": rows}} for number in range(thousands)]
    return WritePart(tuple(requests), name)


def sent_in(google: Slices, *pages: WritePart) -> Sent:
    return send(google.write, pages, google.push)


@given(st.lists(st.tuples(st.integers(1, 7), st.integers(1, 4)), min_size=1, max_size=3))
@settings(max_examples=15, deadline=None)
def test_a_large_page_goes_in_slices_in_its_order(sizes: list[tuple[int, int]]) -> None:
    """Everything is sent once and in order, no slice is too large, and one write at the end tells how all of it stands."""
    google = Slices()
    pages = [page("ABC"[n], *size) for n, size in enumerate(sizes)]
    sent = sent_in(google, *pages)
    assert [part.role for part in sent.stand] == [each.role for each in pages]
    for each in pages:
        own = [name for name in google.applied if name[0] == each.role]
        assert own == [request["id"] for request in each.requests]
    assert max(google.sizes) <= MAX_BYTES + 2 * 4_100_000  # what is not busy is not weighed
    assert sent.written is not None


def test_a_page_that_is_refused_in_a_slice_costs_no_other() -> None:
    """The others are written; it is not among what stands, so that the next run begins it anew."""
    google = Slices(refused="A1")
    sent = sent_in(google, page("A", 5, 4), page("B", 5, 4))
    assert [part.role for part, _ in sent.refused] == ["A"]
    assert [part.role for part in sent.stand] == ["B"]


def test_what_fits_is_one_write_as_ever() -> None:
    """Up to eight megabytes nothing is sliced."""
    google = Slices()
    sent_in(google, page("A", 3, 1), page("B", 4, 1))
    assert len(google.sizes) == 1
