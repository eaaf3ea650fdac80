"""Whether figures arrived in time, as far as that is known."""

from datetime import UTC, date, datetime, timedelta

import pytest

from sheets_sync.checks.timeliness import Arrivals, asked_since, completed, due_moment, late_arrivals
from sheets_sync.config.office import Element, Elements, Office
from sheets_sync.config.yaml_file import Text
from sheets_sync.model import Library, Period

DUE = datetime(2024, 11, 5, 17, tzinfo=UTC)
LATER = DUE + timedelta(days=3)
MOMENT = timedelta(microseconds=2)
ASKED = {"T": DUE - timedelta(days=30)}


@pytest.mark.parametrize(
    ("first", "looked", "expected"),
    [
        pytest.param(DUE - timedelta(hours=1), None, True, id="seen before the due day ended"),
        pytest.param(LATER, DUE + timedelta(days=1), False, id="a sync in between saw nothing"),
        pytest.param(LATER, None, None, id="no sync looked in between"),
        pytest.param(LATER, LATER, None, id="the sync that saw it proves nothing"),
        pytest.param(None, DUE + timedelta(days=1), False, id="looked for and not there"),
        pytest.param(None, None, None, id="nobody has looked"),
    ],
)
def test_lateness_is_only_claimed_where_a_sync_looked(
    first: datetime | None, looked: datetime | None, expected: bool | None
) -> None:
    """A month is late only where a sync after the due day saw that it was not there."""
    arrivals = Arrivals(DUE, {"T": first} if first else {}, ASKED, looked)
    assert arrivals.on_time("T") is expected


@pytest.mark.parametrize(
    ("first", "all_read", "expected"),
    [
        pytest.param(None, LATER, False, id="everything was read, and it was not there"),
        pytest.param(None, DUE - timedelta(days=1), None, id="read before the due day only"),
        pytest.param(LATER, DUE + timedelta(days=1), None, id="its workbook may have been read later than the others"),
    ],
)
def test_a_read_of_everything_looks_for_what_was_never_seen(
    first: datetime | None, all_read: datetime, expected: bool | None
) -> None:
    """The sync that reads every workbook after the due day says at once who is late, not only the one after it."""
    assert Arrivals(DUE, {"T": first} if first else {}, ASKED, None, all_read).on_time("T") is expected


@pytest.mark.parametrize(
    ("came", "looked", "late"),
    [
        pytest.param(LATER, DUE + timedelta(days=1), True, id="a sync after the due day missed it"),
        pytest.param(LATER, None, False, id="no sync looked in between"),
        pytest.param(DUE - timedelta(hours=1), DUE + timedelta(days=1), False, id="in time"),
        pytest.param(LATER, LATER, False, id="the sync that saw it"),
    ],
)
def test_a_late_month_is_told_only_where_a_sync_missed_it(came: datetime, looked: datetime | None, late: bool) -> None:
    """Imported history is not called late; a month that a sync after its due day did not find is."""
    office = Office(code="o", name="O", workbook="w", time_zone="UTC")
    october = Period(2024, 10)
    assert bool(late_arrivals({("T", october): came}, ASKED, lambda _due: looked, office)) is late


@pytest.mark.parametrize("first", [None, LATER])
def test_what_was_due_before_a_library_was_registered_is_not_late(first: datetime | None) -> None:
    """A sync that looked before the library was in the register proves nothing: history typed in later is not late."""
    office, october = Office(code="o", name="O", workbook="w", time_zone="UTC"), Period(2024, 10)
    registered, looked = {"T": LATER}, DUE + timedelta(days=1)
    assert Arrivals(DUE, {"T": first} if first else {}, registered, looked, LATER).on_time("T") is None
    assert late_arrivals({("T", october): LATER}, registered, lambda _due: looked, office) == {}


def test_months_before_the_offices_start_are_not_waited_for() -> None:
    """The office's first month is the first that can be late, however long its libraries are known."""
    office = Office(code="o", name="O", workbook="w", time_zone="UTC", start="2024-10")
    (asked,) = asked_since({"T": datetime(2020, 1, 1, tzinfo=UTC)}, office).values()
    assert due_moment(office, Period(2024, 9)) <= asked < due_moment(office, Period(2024, 10))


@pytest.mark.parametrize(
    ("arrivals", "expected"),
    [
        pytest.param(Arrivals(DUE, {"T": DUE}, ASKED, None), True, id="seen at the due moment"),
        pytest.param(Arrivals(DUE, {"T": DUE + MOMENT}, ASKED, DUE + MOMENT / 2), False, id="seen a moment later"),
        pytest.param(Arrivals(DUE, {}, {"T": DUE}, LATER), None, id="asked at the due moment"),
        pytest.param(Arrivals(DUE, {}, {"T": DUE - MOMENT}, LATER), False, id="asked a moment earlier"),
        pytest.param(Arrivals(DUE, {}, ASKED, None, DUE), None, id="all was read at the due moment"),
        pytest.param(Arrivals(DUE, {}, ASKED, None, DUE + MOMENT), False, id="all was read a moment later"),
        pytest.param(Arrivals(DUE, {"T": LATER}, {}, DUE + MOMENT), None, id="never asked"),
    ],
)
def test_the_due_moment_itself_is_in_time(arrivals: Arrivals, expected: bool | None) -> None:
    """What is seen at the due moment is in time; who was asked, or what was read, then only proves nothing."""
    assert arrivals.on_time("T") is expected


@pytest.mark.parametrize("asked", [-1, 0, 1])
@pytest.mark.parametrize("first", [-1, 0, 1, 2, 3])
@pytest.mark.parametrize("look", [None, 1, 2, 3])
def test_a_month_is_late_in_its_status_and_in_the_history_alike(asked: int, first: int, look: int | None) -> None:
    """Whatever came before what, a month seen is called late by one exactly where it is by the other."""
    office, october = Office(code="o", name="O", workbook="w", time_zone="UTC"), Period(2024, 10)
    due = due_moment(office, october)
    since, came, looked = due + asked * MOMENT, due + first * MOMENT, None if look is None else due + look * MOMENT
    late = late_arrivals({("T", october): came}, {"T": since}, lambda _due: looked, office)
    assert bool(late) is (Arrivals(due, {"T": came}, {"T": since}, looked).on_time("T") is False)


def test_a_late_month_came_on_the_offices_day() -> None:
    """The day on which a late month came is the office's, not Greenwich's."""
    office, october = Office(code="o", name="O", workbook="w", time_zone="Asia/Makassar"), Period(2024, 10)
    came = datetime(2024, 11, 20, 16, 30, tzinfo=UTC)  # half past midnight of the 21st in Makassar
    late = late_arrivals({("T", october): came}, ASKED, lambda due: due + MOMENT, office)
    assert late == {("T", october): date(2024, 11, 21)}


def _element(name: str, required: bool | tuple[str, ...]) -> Element:
    return Element(id=name, label=Text(id=name, en=name), unit=Text(id="", en=""), required=required)


ELEMENTS = Elements(elements=(_element("visits", True), _element("staff", ("desa",)), _element("media", False)))
DAYS = [DUE + timedelta(days=number) for number in range(4)]


@pytest.mark.parametrize(
    ("kind", "answers", "since"),
    [
        pytest.param("desa", {"visits": 0}, None, id="one of two"),
        pytest.param("desa", {"visits": 0, "media": 1}, None, id="one of two and one that is not required"),
        pytest.param("desa", {"visits": 2, "staff": 1, "media": 3}, 2, id="with the last required one"),
        pytest.param("sekolah", {"visits": 1}, 1, id="all that its kind is asked for"),
    ],
)
def test_a_month_is_there_with_the_last_required_figure(kind: str, answers: dict[str, int], since: int | None) -> None:
    """The first cell is no report, and what is not required neither completes a month nor delays it."""
    october, came = Period(2024, 10), {name: DAYS[day] for name, day in answers.items()}
    found = completed({("T", october): came}, [Library("T", "T", kind=kind)], ELEMENTS)
    assert found == ({} if since is None else {("T", october): DAYS[since]})


def test_where_nothing_is_required_any_figure_will_do() -> None:
    """A library of which the configuration requires nothing has reported with its first figure."""
    october, free = Period(2024, 10), Elements(elements=(_element("media", False),))
    found = completed({("T", october): {"media": DAYS[1]}}, [Library("T", "T")], free)
    assert found == {("T", october): DAYS[1]}
