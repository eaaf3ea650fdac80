"""What may stand behind a command: checked before anything is done with it."""

from __future__ import annotations

from contextlib import suppress

import click

from sheets_sync.config.workbook_id import workbook_id
from sheets_sync.errors import UsageError
from sheets_sync.model import Period, Reported, TimeSpan, msg, periods_between


class WorkbookParam(click.ParamType[str]):
    """A workbook's id, or its address in the browser; gives the id."""

    name = "workbook"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ARG002 - click's signature
        """The id.

        Raises:
            UsageError: it is neither.
        """
        try:
            return workbook_id(value)
        except ValueError as error:
            raise UsageError(msg("{value} is not {expected}.", value=value[:80], expected=error.args[0])) from error


WORKBOOK = WorkbookParam()


def parse_month(text: str) -> Period:
    """`2024-10`.

    Raises:
        UsageError: it is not a month.
    """
    try:
        return Period.parse(text)
    except ValueError as error:
        raise UsageError(msg("{value} is not a month like 2024-10.", value=text)) from error


def parse_periods(text: str) -> list[Period]:
    """`2024-10`, `2024-01..2024-10`, or the calendar year `2024`.

    Raises:
        UsageError: neither.
    """
    if len(text) == len("2024") and text.isdecimal():
        text = f"{text}-01..{text}-12"
    first, _, last = text.partition("..")
    with suppress(ValueError):
        if months := periods_between(Period.parse(first), Period.parse(last or first)):
            return months
    raise UsageError(msg("{value} is not a month like 2024-10, or months like 2024-01..2024-10.", value=text))


def parse_reported(text: str, starts_in: int = 1) -> Reported:
    """`2024-10`, `2024-Q3` or `2024`; quarters are those of reporting years that start in a month.

    Raises:
        UsageError: it is none of these.
    """
    with suppress(ValueError):
        return TimeSpan.parse(text, starts_in)
    try:
        return Period.parse(text)
    except ValueError as error:
        raise UsageError(
            msg("{value} is not a month like 2024-10, a quarter like 2024-Q3 or a year like 2024.", value=text)
        ) from error
