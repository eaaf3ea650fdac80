"""Dates as Google counts them: whole days since 30 December 1899, the time of day as their fraction."""

from __future__ import annotations

from datetime import date, datetime, timedelta

_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a workbook's dates have no zone
_LOWEST, _HIGHEST = -693_593, 2_958_465.99999


def from_date(day: date) -> int:
    """The serial number of a day."""
    return day.toordinal() - _EPOCH.toordinal()


def from_datetime(moment: datetime) -> float:
    """The serial number of a moment; its zone, if it has one, is left out of account."""
    return (moment.replace(tzinfo=None) - _EPOCH) / timedelta(days=1)


def to_datetime(serial: float, decimals: int = 3) -> datetime | None:
    """The moment of a serial number, rounded to decimals of a second; None outside the years 1 to 9999."""
    if not _LOWEST <= serial < _HIGHEST:
        return None
    days, fraction = divmod(serial, 1)
    return _EPOCH + timedelta(days=days, seconds=round(fraction * 86_400, decimals))
