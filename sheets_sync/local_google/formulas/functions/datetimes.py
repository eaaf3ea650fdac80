"""Dates and times."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from sheets_sync.local_google.formulas.registry import function
from sheets_sync.local_google.formulas.tables import Failure
from sheets_sync.local_google.values.entry_dates import read_moment
from sheets_sync.local_google.values.serials import from_date, from_datetime, to_datetime
from sheets_sync.local_google.workbook import Value

if TYPE_CHECKING:
    from sheets_sync.local_google.formulas.evaluate import Scope


@function("TODAY", "", 0)
def _today(scope: Scope) -> float:
    return float(from_date(scope.now.date()))


@function("NOW", "", 0)
def _now(scope: Scope) -> float:
    return from_datetime(scope.now)


def _out_of_range(name: str, place: int, value: float) -> Failure:
    return Failure("NUM", f"Function {name} parameter {place} value {value:.15g} is out of range.")


@function("DATE", "v", 3)
def _date(scope: Scope, year: Value, month: Value, day: Value) -> float:
    numbers = [int(scope.number(value, "DATE", place)) for place, value in enumerate((year, month, day), 1)]
    return _day(numbers[0] if numbers[0] > 1899 else numbers[0] + 1900, numbers[1], numbers[2])


def _day(year: int, month: int, day: int) -> float:
    """Months and days beyond their ends count on."""
    years, month = divmod(month - 1, 12)
    try:
        return float(from_date(date(year + years, month + 1, 1) + timedelta(days=day - 1)))
    except (ValueError, OverflowError):
        raise _out_of_range("DATE", 1, year) from None


@function("TIME", "v", 3)
def _time(scope: Scope, hour: Value, minute: Value, second: Value) -> float:
    numbers = [int(scope.number(value, "TIME", place)) for place, value in enumerate((hour, minute, second), 1)]
    return (numbers[0] * 3600 + numbers[1] * 60 + numbers[2]) / 86_400 % 1


def _moment(scope: Scope, name: str, value: Value) -> datetime:
    serial = scope.number(value, name)
    moment = to_datetime(serial)
    if moment is None:
        raise _out_of_range(name, 1, serial)
    return moment


def _part(name: str, take: Callable[[datetime], int]) -> None:
    @function(name, "v", 1)
    def _body(scope: Scope, value: Value) -> float:
        return float(take(_moment(scope, name, value)))


for _name, _take in {
    "YEAR": lambda moment: moment.year,
    "MONTH": lambda moment: moment.month,
    "DAY": lambda moment: moment.day,
    "HOUR": lambda moment: moment.hour,
    "MINUTE": lambda moment: moment.minute,
    "SECOND": lambda moment: moment.second,
    "ISOWEEKNUM": lambda moment: moment.isocalendar().week,
}.items():
    _part(_name, _take)


@function("WEEKDAY", "v", 1, 2)
def _weekday(scope: Scope, value: Value, kind: Value = 1.0) -> float:
    """1: Sunday is 1; 2: Monday is 1; 3: Monday is 0."""
    monday_first, how = _moment(scope, "WEEKDAY", value).isoweekday(), scope.number(kind, "WEEKDAY", 2)
    counted = {1: monday_first % 7 + 1, 2: monday_first, 3: monday_first - 1}.get(int(how))
    if counted is None:
        raise _out_of_range("WEEKDAY", 2, how)
    return float(counted)


@function("EDATE", "v", 2)
def _edate(scope: Scope, value: Value, months: Value) -> float:
    year, month = _months_on(scope, "EDATE", value, months)
    day = min(_moment(scope, "EDATE", value).day, calendar.monthrange(year, month)[1])
    return float(from_date(date(year, month, day)))


@function("EOMONTH", "v", 2)
def _eomonth(scope: Scope, value: Value, months: Value) -> float:
    year, month = _months_on(scope, "EOMONTH", value, months)
    return float(from_date(date(year, month, calendar.monthrange(year, month)[1])))


def _months_on(scope: Scope, name: str, value: Value, months: Value) -> tuple[int, int]:
    moment = _moment(scope, name, value)
    years, month = divmod(moment.month - 1 + int(scope.number(months, name, 2)), 12)
    if not 1 <= moment.year + years <= 9999:
        raise _out_of_range(name, 2, scope.number(months))
    return moment.year + years, month + 1


@function("DAYS", "v", 2)
def _days(scope: Scope, end: Value, start: Value) -> float:
    return float(int(scope.number(end, "DAYS")) - int(scope.number(start, "DAYS", 2)))


@function("DATEVALUE", "v", 1)
def _datevalue(scope: Scope, value: Value) -> float:
    if not isinstance(value, str):
        return float(int(scope.number(value, "DATEVALUE")))
    found = read_moment(value.strip(), scope.locale, scope.now.date())
    if found is None or found[1] == "TIME":
        raise Failure("VALUE", f"DATEVALUE parameter '{value}' cannot be parsed to date/time.")
    return float(int(found[0]))
