"""reports.yaml: which reports go out, when, and to whom besides the libraries."""

from __future__ import annotations

from datetime import date, time
from typing import Annotated, Literal, Self

import pydantic

from sheets_sync.config.address import AddressText
from sheets_sync.config.office import ElementId
from sheets_sync.config.path_setting import PathSetting
from sheets_sync.config.time_of_day import TimeOfDay
from sheets_sync.config.yaml_file import Config, Text
from sheets_sync.model import SpanKind, msg

Days = Annotated[int, pydantic.Field(ge=0, le=366)]


class OfficeRecipient(Config):
    """Somebody who gets the office's report; `name` is how the mail greets them."""

    name: str
    address: AddressText


class ReminderOptions(Config):
    """Reminders of a month's figures: on which days around the due day, never at night, on a weekend or a holiday."""

    send: bool = True
    days_before: tuple[Days, ...] = (3,)
    days_after: tuple[Days, ...] = (1, 5)
    from_time: TimeOfDay = time(8)
    until_time: TimeOfDay = time(16)
    holidays: tuple[date, ...] = ()

    @pydantic.model_validator(mode="after")
    def _some_hours(self) -> Self:
        if self.from_time >= self.until_time:
            raise ValueError(msg("from_time before until_time, on the same day"))
        return self


class ReportOptions(Config):
    """reports.yaml."""

    send_on: int = pydantic.Field(8, ge=1, le=28)  # last month's reports go out on this day of the month
    from_time: TimeOfDay = time(8)
    # Without fresh figures the report waits; then a person is asked.
    ask_after_days: int = pydantic.Field(3, ge=0, le=366)
    to_libraries: bool = True
    quarterly: bool = False  # a report of each quarter as well, after that of its last month
    yearly: bool = True  # a report of the year, after that of its last month
    headline: tuple[ElementId, ...] = ()  # what longer reports show month by month; none: the first required flows
    wall_page: Literal["a4", "a3", "none"] = "a4"  # the year on one page, to hang up
    office_recipients: tuple[OfficeRecipient, ...] = ()
    letter: bool = True
    workbook: bool = True
    # Libraries; with more, they come in volumes of at most so many.
    letter_annexes_up_to: int = pydantic.Field(150, ge=0)
    letter_to: Text = Text(id="Kepala Dinas", en="The Head of the Office")
    many_new: int = pydantic.Field(10, ge=1)  # more new addresses at once look like a pasted list; all are held anyway
    many_new_share: float = pydantic.Field(0.5, gt=0, le=1)  # as do more than this share of all
    templates: PathSetting = None  # a folder whose files and sentences replace the shipped ones
    reminders: ReminderOptions = ReminderOptions()

    def of_region(self) -> ReportOptions:
        """Those of a place above offices: its libraries have their own office's mails."""
        quiet = self.reminders.model_copy(update={"send": False})
        return self.model_copy(update={"to_libraries": False, "reminders": quiet})

    @property
    def spans(self) -> frozenset[SpanKind]:
        """The longer reports that go out by themselves."""
        wanted = ((SpanKind.QUARTER, self.quarterly), (SpanKind.YEAR, self.yearly))
        return frozenset(kind for kind, on in wanted if on)
