"""Numbers in settings: what stands for a time has an end, so that nothing that is reckoned with it overflows."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pydantic
import pytest

from sheets_sync.checks.options import CheckOptions
from sheets_sync.config.office import Office
from sheets_sync.config.places import Places
from sheets_sync.config.yaml_file import Config
from sheets_sync.google.options import GoogleOptions
from sheets_sync.mail.options import MailOptions
from sheets_sync.notify.options import NotifyOptions, ServiceOptions
from sheets_sync.reports.options import ReminderOptions, ReportOptions
from sheets_sync.store.options import BackupOptions, StoreOptions

OPTIONS: tuple[type[Config], ...] = (
    *(BackupOptions, CheckOptions, GoogleOptions, MailOptions, NotifyOptions, Office, Places, ReminderOptions),
    *(ReportOptions, ServiceOptions, StoreOptions),
)
TIMES = re.compile(
    r"(.*_)?(seconds|timeout|pause|minutes|hours|days|months|years|every|mb)(_.*)?|days_(before|after)|.*_days"
)
TOO_MUCH = (float("inf"), float("nan"), 1e300, 10**30, 10**7)


def times() -> list[tuple[type[Config], str]]:
    """Every setting that stands for a time, or for a size that is reckoned with."""
    return [
        (options, name)
        for options in OPTIONS
        for name, field in options.model_fields.items()
        if TIMES.fullmatch(name) and re.search(r"\b(int|float)\b", str(field.annotation))
    ]


@pytest.mark.parametrize(("options", "name"), times(), ids=lambda value: getattr(value, "__name__", value))
def test_no_time_is_endless(options: type[Config], name: str) -> None:
    """“For good” written as a number of eight digits is refused with the most that may stand there."""
    field = options.model_fields[name]
    adapter = pydantic.TypeAdapter(field.rebuild_annotation())
    for value in TOO_MUCH:
        with pytest.raises(pydantic.ValidationError):
            adapter.validate_python((value,) if "tuple" in str(field.annotation) else value)


def test_what_is_kept_for_as_long_as_can_be_said_overflows_nothing() -> None:
    """The most months that may be said lie within the calendar."""
    most = StoreOptions(keep_runs_months=1200, keep_messages_months=1200, keep_run_details_months=1200)
    assert (datetime(2024, 11, 6, tzinfo=UTC) - timedelta(days=31 * most.keep_runs_months)).year > 1900
