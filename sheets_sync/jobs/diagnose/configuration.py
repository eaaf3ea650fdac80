"""The configuration, as far as it can be read and still not be what anybody means."""

from __future__ import annotations

from collections.abc import Iterator

from sheets_sync.app import App
from sheets_sync.config.office import Office
from sheets_sync.jobs.diagnose.check import Check
from sheets_sync.jobs.placeholders import in_office, placeholders
from sheets_sync.jobs.untold import stray_templates
from sheets_sync.model import Message, msg
from sheets_sync.reports.options import ReportOptions


def configuration(app: App) -> Iterator[Check]:
    """That it can be read, what in it is a sample's, and days that don't go together."""
    settings = app.settings
    yield Check("config", True, msg("The configuration in {folder} can be read.", folder=settings.folder))
    for each in settings.left_out:
        yield Check("config", False, msg("{office} is left out: {problem}", office=each.code, problem=each.said))
    for said in placeholders(settings, app.clock().astimezone(settings.offices[0].zone).date()):
        yield Check("sample", False, said)
    yield from (Check("templates", False, said) for said in stray_templates(settings))
    for office in settings.offices:
        reports = settings.of(office).reports
        for said in clashing_days(office, reports):
            yield Check("days", False, in_office(office, said, settings))
        if not reports.office_recipients:
            said = msg("reports.yaml: nobody gets the office's report. Name office_recipients.")
            yield Check("recipients", False, in_office(office, said, settings))


def clashing_days(office: Office, reports: ReportOptions) -> Iterator[Message]:
    """Days of due date, reminders and report that don't go together. Pure."""
    due, send_on, reminders = office.due_day, reports.send_on, reports.reminders
    if send_on <= due:
        yield msg(
            "The report goes out on day {send_on}, but figures are due on day {due}. Let send_on in reports.yaml be later.",
            send_on=send_on,
            due=due,
        )
    days = {due + days for days in reminders.days_after} | {due - days for days in reminders.days_before}
    if reminders.send and send_on in days:
        yield msg(
            "On day {day} a reminder and the report would go out together. Change send_on or days_after in reports.yaml.",
            day=send_on,
        )
