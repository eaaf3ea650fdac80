"""What a run is noted as says whose it was: no office's code can make it another's."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from sheets_sync.config.office import Office
from sheets_sync.jobs.run import SYNC_OF_WORKBOOKS, reminder_name
from sheets_sync.jobs.unattended.housekeeping import PUT_BY
from sheets_sync.model import Period
from sheets_sync.reports.reminders import Reminder
from sheets_sync.store.runs import report_of, sync_of

CODES = st.from_regex(r"\A[a-z0-9][a-z0-9-]{0,20}\Z") | st.sampled_from(
    ["workbooks", "some", "of", "sync", "report", "remind", "by", "all", "backup", "deliver"]
)
OF_ALL = {"sync", "report", "backup", "deliver", "run", "mail", PUT_BY, SYNC_OF_WORKBOOKS}
REMINDER = Reminder(Period(2024, 10), 1, date(2024, 11, 4), date(2024, 11, 5))


def names(code: str) -> set[str]:
    office = Office(code=code, name="Dinas", workbook="1" * 44)
    return {sync_of(code), report_of(code), reminder_name(office, REMINDER)}


@given(CODES, CODES)
def test_no_code_makes_a_run_somebody_else_s(one: str, other: str) -> None:
    """Runs of all, of some workbooks and of each office have names of their own, whatever the offices are called."""
    assert names(one) & OF_ALL == set()
    assert one == other or names(one) & names(other) == set()
