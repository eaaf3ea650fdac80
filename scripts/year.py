"""A year in minutes: the service lives through twelve months by a clock in our hands, and the ledger shows that all was done once.

    python scripts/year.py                 the year, two beats a day (some minutes)
    python scripts/year.py --months 2      its first two months

People type late, the computer sleeps, is restarted each day and has its clock set wrong, Google and the mail server go
away, London's clocks change. What had to happen is worked out from the calendar alone, by rules written down here once
more; what did happen is read from the store and from the mailbox. Prints the ledger; ends with 1 where they differ.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from email import message_from_bytes
from pathlib import Path
from threading import Event

import stamina

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "support"))

from installation import Installation, installation
from year_calendar import (
    AHEAD,
    ASLEEP,
    BEHIND,
    DAYS,
    GOOGLE,
    HOURS,
    LATE,
    MAIL,
    SEND_DAY,
    START,
    ZONE,
    at,
    goes,
    moments,
    number_of,
    working,
    wrong,
)

from sheets_sync.app import App
from sheets_sync.errors import BusyError
from sheets_sync.jobs.locks import single_instance
from sheets_sync.jobs.run import report_job
from sheets_sync.jobs.unattended import service
from sheets_sync.jobs.unattended.serve import serve_once
from sheets_sync.mail.ledger import Delivery, DeliveryState
from sheets_sync.model import Period


@dataclass
class Year:
    """The office, and what is noted while its year goes by."""

    here: Installation
    until: datetime
    hours: tuple[int, ...] = HOURS
    days: range = DAYS
    rows: dict[str, dict[int, tuple[int, list[str]]]] = field(default_factory=dict)
    typed: dict[str, set[Period]] = field(default_factory=lambda: defaultdict(set))
    beats: int = 0
    by_hand: list[tuple[Period, datetime]] = field(default_factory=list)
    refused: int = 0  # second services that were
    nights: set[date] = field(default_factory=set)
    sealed: dict[Period, datetime] = field(default_factory=dict)  # as expected
    reminders: dict[tuple[Period, int], tuple[datetime, frozenset[str]]] = field(default_factory=dict)  # as expected


def live(year: Year) -> None:
    """The year, beat by beat; a fresh program each day."""
    with ExitStack() as today:
        app, day = None, None
        for moment in moments(year.until, year.hours, year.days):
            year.here.google.conditions.clear()  # people have Google at home
            _people_type(year, moment)
            if wrong(moment, ASLEEP):
                app = None
                continue
            year.here.clock.now = moment
            _weather(year.here, moment)
            if app is None or moment.date() != day:
                today.close()
                app, day = today.enter_context(year.here.app(lambda: _our_clock(year.here))), moment.date()
            _expect(year, moment)
            _beat(year, app, moment)


def _our_clock(here: Installation) -> datetime:
    now = here.clock.now
    off = timedelta(days=365) if wrong(now, AHEAD) else -timedelta(days=1) if wrong(now, BEHIND) else timedelta()
    return now + off


def _weather(here: Installation, moment: datetime) -> None:
    here.google.conditions.clear()
    if wrong(moment, GOOGLE):
        here.google_away()
    port = 1 if wrong(moment, MAIL) else here.mailbox.port
    if here.settings().mail.port != port:
        here.configure("mail.yaml", port=port)


def _beat(year: Year, app: App, moment: datetime) -> None:
    """A beat; on the first one, and where two months are owed, a person's word. In October a second service tries."""
    year.beats += 1
    owed = Period(moment.year, moment.month) - 1
    if moment == START or (owed == Period(2024, 9) and moment.date() == date(2024, 10, 10) and moment.hour == 8):
        office = app.settings.offices[0]
        report_job(app, office, owed)
        year.by_hand.append((owed, moment))
    if moment.month == 10:
        with single_instance(app.settings.data, "run"):
            try:
                serve_once(app)
            except BusyError:
                year.refused += 1
            service.beat(app, Event())
        return
    service.beat(app, Event())


def prepare(here: Installation, until: datetime) -> Year:
    """The sample as it was in January 2024: only January's figures stand there."""
    here.configure("office.yaml", time_zone=str(ZONE))
    year, book = Year(here, until), here.person()
    for tab in ("Tangkum", "Pangkan", LATE, "Dinas"):
        sheet = next(each for each in book.worksheets() if tab in each.title)
        values = sheet.get_all_values()
        first = next(number for number, row in enumerate(values) if row[0] == "Bulan") + 1
        last = values[first + 9][1:]  # November and December are typed like October
        months = {month: (first + month, values[first + month - 1][1:]) for month in range(1, 13)}
        months = {month: (row, _put_right(cells)) for month, (row, cells) in months.items()}
        year.rows[sheet.title] = {month: (row, cells if any(cells) else last) for month, (row, cells) in months.items()}
        sheet.batch_clear([f"B{months[month][0]}:Z{months[month][0]}" for month in range(2, 13)])
        year.typed[sheet.title].add(Period(2024, 1))
    return year


def _put_right(cells: list[str]) -> list[str]:
    """The sample's slips (`sekitar 20`, an empty cell) would be reminded of, rightly; here the calendar alone decides."""
    return [cell if cell[:1].isdigit() else "20" for cell in cells[:-1]] if any(cells) else cells


def _people_type(year: Year, moment: datetime) -> None:
    """On the 4th, one library on the 8th, in the evening: last month's figures."""
    last = Period(moment.year, moment.month) - 1
    for tab, months in year.rows.items():
        day = 8 if tab == LATE else 4
        evening = moment.day > day or (moment.day == day and moment.hour >= 20)
        if evening and last not in year.typed[tab] and last.year == 2024:
            row, cells = months[last.month]
            year.here.person().worksheet(tab).update([cells], f"B{row}", raw=False)
            year.typed[tab].add(last)


def _expect(year: Year, moment: datetime) -> None:
    """What the calendar says has to happen at a beat."""
    if not wrong(moment, AHEAD, BEHIND):
        year.nights.add(moment.date())  # of a night with a clock that was wrong in the morning, too
        if not wrong(moment, GOOGLE):
            _expect_report(year, moment)
            _expect_reminder(year, moment)


def _expect_report(year: Year, moment: datetime) -> None:
    """The month after the last one, once its day has come; the first by hand, and a second one that is owed, too."""
    month = max(year.sealed, default=Period(2023, 12)) + 1
    after = month + 1
    due = datetime(after.year, after.month, SEND_DAY, 8, tzinfo=ZONE)
    before = year.sealed.get(month - 1)
    backlog = before is not None and due <= before
    if moment >= due and (not backlog or moment >= at(10, 10)):
        year.sealed[month] = moment


def _expect_reminder(year: Year, moment: datetime) -> None:
    """Of this month's and last month's reminders the last that is due today, unless it was sent; none beside a report."""
    if not 8 <= moment.hour < 16 or not working(moment.date()) or moment.day == SEND_DAY:
        return
    this = Period(moment.year, moment.month)
    for month in (this, this - 1):
        found = [number for number in (1, 2, 3) if goes(month, number, moment.date())]
        if month >= Period(2024, 1) and found:
            newest = max(year.sealed, default=month - 1)
            if newest >= month and year.sealed[newest].date() == moment.date():
                return  # a late report says the same
            if (month, found[-1]) not in year.reminders:
                lacking = frozenset(tab for tab in year.rows if month not in year.typed[tab])
                year.reminders[month, found[-1]] = (moment, lacking)
            return


def differences(year: Year) -> Iterator[str]:
    """What was to happen and did not, or happened and was not to."""
    with year.here.app() as app:
        office = app.settings.offices[0]
        seals = {(seal.period, seal.version): seal.sealed_at for seal in app.store.seals(office.code)}
        lines, runs = list(app.store.deliveries.of()), app.store.runs
        syncs = len(runs.recent("sync", 10_000))
        backups = {run.started_at.astimezone(ZONE).date() for run in runs.recent("backup", 1000) if run.status == 0}
        people = {library.tab: frozenset(library.emails) for library in app.store.libraries(office.code)}
    for month, moment in year.sealed.items():
        if seals.pop((month, 1), None) != moment:
            yield f"the report of {month} was to be sealed at {moment}"
    yield from (f"a report that was not to be: {key}" for key in seals)
    if syncs != year.beats:  # a report by hand reads, and the beat of that minute then need not
        yield f"{syncs} syncs in {year.beats} beats"
    if backups != (nights := {night for night in year.nights if night > START.date()}):
        yield f"backups: {sorted(backups ^ nights)}"
    yield from _mails(year, lines, people)


def _mails(year: Year, lines: list[Delivery], people: dict[str, frozenset[str]]) -> Iterator[str]:
    arrived = Counter(
        message_from_bytes(path.read_bytes())["Message-ID"].strip("<>").partition("@")[0]
        for path in year.here.mailbox.kept.messages
    )
    sent = {line.id for line in lines if line.state is DeliveryState.SENT}
    yield from (f"{key} arrived {count} times" for key, count in arrived.items() if count > 1)
    if arrived.keys() != sent:
        yield f"called sent and not arrived, or arrived and not called so: {arrived.keys() ^ sent}"
    for line in lines:
        if line.state not in (DeliveryState.SENT, DeliveryState.WITHDRAWN):
            yield f"{line.key.report} of {line.key.period} to {line.key.recipient} is left {line.state}"
    of_month = Counter(line.key.period for line in lines if not line.key.report.startswith("reminder"))
    usual = of_month.get(Period(2024, 1), 0)
    for month in year.sealed:
        wanted = usual * 2 if month + 1 == (month + 1).year_start() else usual  # the year has a report of its own
        if of_month[month] != wanted:
            yield f"{of_month[month]} mails of {month}, not {wanted}"
    planned: dict[tuple[Period, int], set[str]] = defaultdict(set)
    for line in lines:
        if line.key.report.startswith("reminder"):
            planned[line.key.period, number_of(line.key.period, line.key.ending)].add(line.key.recipient)
    for which, (moment, lacking) in year.reminders.items():
        reminded = {address for tab in lacking for address in people.get(tab, ())}
        if planned.pop(which, set()) != reminded:
            yield f"reminder {which[1]} of {which[0]} at {moment} was to go to {sorted(reminded)}"
    yield from (f"a reminder that was not to be: {which}" for which in planned)


def ledger(year: Year) -> Iterator[str]:
    """Month by month: sealed when, how many mails, which reminders."""
    with year.here.app() as app:
        lines = list(app.store.deliveries.of())
        told = [run for run in app.store.runs.recent("sync", 10_000) if run.status]
    yield f"{year.beats} beats, {len(told)} syncs that failed, {year.refused} second services refused"
    for month, moment in year.sealed.items():
        mails = Counter(line.key.report for line in lines if line.key.period == month and line.state.value == "sent")
        gone = sum(line.state is DeliveryState.WITHDRAWN for line in lines if line.key.period == month)
        by = "by hand" if month in {each for each, _ in year.by_hand} else "by itself"
        counts = ", ".join(f"{name} {count}" for name, count in sorted(mails.items()))
        yield f"{month}  sealed {moment:%d %b %H:%M %Z} {by:9}  {counts}{f', withdrawn {gone}' if gone else ''}"


def main() -> int:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--months", type=int, default=12, help="how many months from January on are reported")
    options, began = parser.parse_args(), time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        problems = run(Path(folder), options.months, tell=print)
    print(f"{time.monotonic() - began:.0f} s; {len(problems)} differences")
    return 1 if problems else 0


def run(
    folder: Path,
    months: int,
    tell: Callable[[str], object] = lambda _: None,
    hours: tuple[int, ...] = HOURS,
    days: range = DAYS,
) -> list[str]:
    """Lives through the months, on so many days of each; tells the ledger; gives what differs."""
    last = Period(2024, 1) + months
    with stamina.set_testing(True, attempts=1), installation(folder, now=START.isoformat()) as here:
        year = prepare(here, datetime(last.year, last.month, 12, tzinfo=ZONE))
        year.hours, year.days = hours, days
        live(year)
        problems = list(differences(year))
        for line in (*ledger(year), *(f"✗ {problem}" for problem in problems)):
            tell(line)
    return problems


if __name__ == "__main__":
    sys.exit(main())
