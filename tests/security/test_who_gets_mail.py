"""Whoever edits the shared register can't make the office's mail go to a stranger, nor keep the others from theirs.

`python scripts/attacks.py` prints what was done, what happened, and who was told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from email import message_from_bytes, policy
from itertools import product

import gspread
import pytest
from installation import Installation, installation
from ready_store import emptied
from snapshot import Kept

from sheets_sync.jobs.mailing.deliver import deliver
from sheets_sync.jobs.run import remind_job, report_job
from sheets_sync.mail.ledger import DeliveryState
from sheets_sync.model import Period
from sheets_sync.model.mark import ReportMark
from sheets_sync.reports.reminders import reminder_due

BEGIN = "2024-11-05T08:00+07:00"
OCTOBER, NOVEMBER, DECEMBER = Period(2024, 10), Period(2024, 11), Period(2024, 12)
OFFICE = {"sekretaris@example.org", "kepala@example.org"}
TANGKUM, PANGKAN, TURAN, DINAS = LIBRARIES = (
    "tangkum@example.org",
    "pangkan@example.org",
    "turan.amis@example.org",
    "dinas@example.org",
)
CODE, NPP, NAME, ALIAS, TAB, EMAIL = 1, 2, 3, 4, 5, 12  # columns of the register, from 1
Act = Callable[[gspread.Worksheet], object]


def row(register: gspread.Worksheet, text: str) -> int:
    """The row in which a text stands."""
    found = register.find(text)
    assert found is not None
    return int(found.row)


def put(text: str, column: int, typed: str) -> Act:
    """Types over one cell of the row in which a text stands."""
    return lambda register: register.update_cell(row(register, text), column, typed)


def both(*acts: Act) -> Act:
    """One after the other."""

    def act(register: gspread.Worksheet) -> None:
        for each in acts:
            each(register)

    return act


def swapped(*columns: int) -> Act:
    """Cells of Tangkum's and Pangkan's rows change places."""

    def act(register: gspread.Worksheet) -> None:
        rows = row(register, TANGKUM), row(register, PANGKAN)
        values = [register.row_values(number) for number in rows]
        for column in columns:
            for number, other in zip(rows, reversed(values), strict=True):
                register.update_cell(number, column, (other + [""] * 20)[column - 1])

    return act


def pasted(count: int, **cells: str) -> Act:
    """So many rows of somebody's own below the register."""

    def act(register: gspread.Worksheet) -> None:
        rows = [
            [cells.get("code", f"x-{n}"), "", cells.get("name", f"Menang hadiah {n} di http://x.example"), "", f"X{n}"]
            + [""] * 6
            + [f"orang{n}@x.example"]
            for n in range(count)
        ]
        register.append_rows(rows)

    return act


def crowded(register: gspread.Worksheet) -> None:
    """Two thousand addresses in the cell of one library."""
    many = ", ".join([TURAN, *(f"orang{n}@x.example" for n in range(2000))])
    register.update_cell(row(register, TURAN), EMAIL, many)


def over_the_top(register: gspread.Worksheet) -> None:
    """A row of somebody's own stands above the library whose code it bears."""
    cells = ["perpusdes-tangkum", "", "Perpustakaan Desa Tangkum", "", "Tangkum", *[""] * 6, "orang@x.example"]
    register.insert_row(cells, row(register, TANGKUM))


@dataclass(frozen=True)
class Attack:
    """What is typed into the register, and which of the libraries can't have their mail before a person has looked."""

    done: str
    act: Act
    incident: str = ""
    wait: tuple[str, ...] = ()
    perhaps: tuple[str, ...] = ()  # of these it depends on whether their cell can still be read


STRANGER = "orang@x.example"
ATTACKS = (
    Attack("a changed address", put(TANGKUM, EMAIL, STRANGER), wait=(TANGKUM,), incident="changed-address"),
    Attack(
        "a changed code with a changed address",
        both(put(TANGKUM, CODE, "perpusdes-tangkum2"), put("perpusdes-tangkum2", EMAIL, STRANGER)),
        wait=(TANGKUM,),
        incident="changed-code-and-address",
    ),
    Attack(
        "changed code, name, tab and address",
        both(
            put(TANGKUM, CODE, "baru"),
            put(TANGKUM, NAME, "Baru"),
            put(TANGKUM, TAB, "Baru"),
            put(TANGKUM, EMAIL, STRANGER),
        ),
        wait=(TANGKUM,),
        incident="changed-everything",
    ),
    Attack("swapped codes", swapped(CODE), wait=(TANGKUM, PANGKAN), incident="swapped-rows"),
    Attack("swapped addresses", swapped(EMAIL), wait=(TANGKUM, PANGKAN), incident="swapped-rows"),
    Attack(
        "swapped names, aliases and tabs", swapped(NAME, ALIAS, TAB), wait=(TANGKUM, PANGKAN), incident="swapped-rows"
    ),
    Attack("swapped tabs", swapped(TAB), wait=(TANGKUM, PANGKAN), incident="swapped-rows"),
    Attack(
        "another library's tab in one's own row",
        put(TANGKUM, TAB, "Pangkan"),
        wait=(TANGKUM,),
        incident="another-librarys-tab",
    ),
    Attack("150 pasted rows", pasted(150), incident="pasted-rows"),
    Attack("a pasted row with a known name", pasted(1, name="Perpustakaan Desa Tangkum"), incident="row-above"),
    Attack("a row above with a known code", over_the_top, incident="row-above"),
    Attack("2,000 addresses in a cell", crowded, perhaps=(TURAN,), incident="crowded-cell"),
    Attack("a second address", put(TANGKUM, EMAIL, f"{TANGKUM}, {STRANGER}"), incident="second-address"),
)
CASES = [pytest.param(attack, id=attack.done, marks=pytest.mark.incident(attack.incident)) for attack in ATTACKS]
HONEST = (
    Attack(
        "an NPP, a new name, the address in capitals, rows in another order",
        both(
            put(TANGKUM, NPP, "6213013D0000007"),
            put(DINAS, NAME, "Dinas Perpustakaan"),
            put(TURAN, EMAIL, TURAN.upper()),
            swapped(*range(1, 18)),
        ),
    ),
)


def unmark(here: Installation, *months: Period | None) -> None:
    """Takes the marks of reports out of the workbook: else the store would be taken for another one, and nothing sent."""
    marks = [ReportMark("barito-timur", "", month, version).id for month, version in product(months, (0, 1, 2))]
    lookups = [{"developerMetadataLookup": {"metadataId": mark}} for mark in marks]
    here.person().batch_update({"requests": [{"deleteDeveloperMetadata": {"dataFilter": each}} for each in lookups]})


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    """An office whose first report has gone out, without the letter and the workbook that nobody reads here."""
    with installation(tmp_path_factory.mktemp("office"), BEGIN) as fresh:
        fresh.configure("reports.yaml", letter=False, workbook=False)
        fresh.sync()
        report(fresh, OCTOBER)
        yield Kept.of(fresh)


def report(here: Installation, period: Period) -> None:
    with here.app() as app:
        report_job(app, here.office(app), period)


def mailed(here: Installation, since: int = 0) -> set[str]:
    """Who has found mail in the mailbox, after the first so many messages."""
    paths = here.mailbox.kept.messages[since:]
    messages = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in paths]
    return {address.addr_spec.casefold() for message in messages for address in message["To"].addresses}


def next_month(here: Installation, act: Act, period: Period = NOVEMBER) -> set[str]:
    """Something is typed into the register, and a month later the reports go out; who got one."""
    before = len(here.mailbox.kept.messages)
    act(here.person().worksheet("Perpustakaan"))
    then = period + 1
    here.clock.now = here.clock.now.replace(year=then.year, month=then.month, day=6)
    here.sync()
    report(here, period)
    return mailed(here, before)


@pytest.mark.parametrize("attack", CASES)
def test_no_stranger_gets_mail_and_the_others_do(
    here: Installation, attack: Attack, record_property: Callable[[str, object], None]
) -> None:
    """Whatever changed beside it, an address that nobody approved gets nothing; whose row was left alone gets theirs."""
    got = next_month(here, attack.act)
    held = states(here, DeliveryState.HELD)
    told = [
        cell.replace("\n", " ")
        for row in here.person().worksheet("Rekap").get_all_values()
        for cell in row
        if cell[:1] == "⚠"
    ]
    strangers = len(got - OFFICE - set(LIBRARIES))
    record_property(
        "happened",
        f"{attack.done}: {len(got & set(LIBRARIES))} of {len(LIBRARIES)} libraries and {len(got & OFFICE)} of "
        f"{len(OFFICE)} people of the office got theirs, {len(held)} mails held, {strangers} strangers got any.",
    )
    record_property("told", f"Rekap and the office's mail: {told[0] if told else 'nothing to tell'}")
    assert bool(told) is bool(held or attack.perhaps)
    assert got - set(attack.perhaps) == OFFICE | set(LIBRARIES) - {*attack.wait, *attack.perhaps}


def states(here: Installation, state: DeliveryState, period: Period = NOVEMBER) -> list[str]:
    with here.app() as app:
        return [each.key.recipient for each in app.store.deliveries.of(period=period) if each.state is state]


@pytest.mark.parametrize("change", HONEST, ids=lambda change: change.done)
def test_honest_changes_hold_nobody(here: Installation, change: Attack) -> None:
    """Where a library is still recognised and its address is the one that was approved, its mail goes on time."""
    assert next_month(here, change.act) == OFFICE | set(LIBRARIES)


@pytest.mark.incident("written-back")
def test_who_was_taken_out_and_written_back_is_held(here: Installation) -> None:
    """An address that has left the register leaves the list: written back later by anybody, it waits again."""
    register = here.person().worksheet("Perpustakaan")
    place = row(register, TANGKUM)
    cells = register.row_values(place)
    register.delete_rows(place)
    here.sync()
    here.clock.now = here.clock.now.replace(day=20)
    assert next_month(here, lambda sheet: sheet.append_row(cells)) == OFFICE | set(LIBRARIES) - {TANGKUM}


@pytest.mark.incident("before-a-reminder")
def test_a_reminder_goes_to_no_stranger(here: Installation) -> None:
    """A changed address is held for reminders as for reports; the others are reminded."""
    before = len(here.mailbox.kept.messages)
    put(TANGKUM, EMAIL, STRANGER)(here.person().worksheet("Perpustakaan"))
    here.clock.now = here.clock.now.replace(month=12, day=6, hour=9)
    here.sync()
    with here.app() as app:
        office = here.office(app)
        reminder = reminder_due(here.clock(), office, app.settings.of(office).reports.reminders)
        assert reminder is not None
        remind_job(app, office, reminder)
    assert mailed(here, before) == set(LIBRARIES) - {TANGKUM}
    assert states(here, DeliveryState.HELD) == [STRANGER]


@pytest.mark.incident("refused-once")
def test_a_refused_mail_holds_nothing_later(here: Installation) -> None:
    """Of a library with two approved addresses one refused its first mail: a month later both get theirs."""
    from sheets_sync.jobs.mailing.approve import approve

    second = "kades@example.org"
    next_month(here, put(TANGKUM, EMAIL, f"{TANGKUM}, {second}"))
    with here.app() as app:
        approve(app, [second])
        for each in app.store.deliveries.of(period=NOVEMBER):
            if each.key.recipient == second:
                app.store.deliveries.resolve(each.id, DeliveryState.REFUSED, "550 no such user", here.clock())
    assert next_month(here, lambda _: None, DECEMBER) >= {TANGKUM, second}


@pytest.mark.incident("crowded-cell")
def test_the_first_report_goes_to_no_pasted_list(here: Installation) -> None:
    """The first report approves everybody who is known, but nobody of a library with more addresses than people."""
    emptied(here.settings().store_url)
    unmark(here, None, OCTOBER)
    crowded(here.person().worksheet("Perpustakaan"))
    before = len(here.mailbox.kept.messages)
    here.sync()
    report(here, OCTOBER)
    assert mailed(here, before) == OFFICE | set(LIBRARIES) - {TURAN}


@pytest.mark.incident("changed-while-waiting")
def test_a_mail_that_waits_is_judged_when_it_goes(here: Installation) -> None:
    """A report that was put off does not go once its address has been taken out of the register."""
    with here.app() as app:
        line = next(each for each in app.store.deliveries.of(period=OCTOBER) if each.key.recipient == TANGKUM)
        app.store.deliveries.resolve(line.id, DeliveryState.DEFERRED, "451 later", here.clock(), here.clock())
    before = len(here.mailbox.kept.messages)
    put(TANGKUM, EMAIL, STRANGER)(here.person().worksheet("Perpustakaan"))
    here.clock.now += timedelta(hours=1)
    here.sync()
    with here.app() as app:
        deliver(app)
    assert mailed(here, before) == set()
    assert states(here, DeliveryState.WITHDRAWN, OCTOBER) == [TANGKUM]
