"""What goes well and still not as anybody means: an office under a new code, hidden pages, templates nothing asks for.

`doctor` tells it, and a sync where it comes up.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from sheets_sync import rekap
from sheets_sync.app import App
from sheets_sync.config.office import Office
from sheets_sync.google import ReadWorkbook
from sheets_sync.jobs.placeholders import in_office
from sheets_sync.model import Message, Observation, Period, msg
from sheets_sync.rekap.links import APPROVALS_ID
from sheets_sync.reports.own_templates import strays
from sheets_sync.settings import Settings
from sheets_sync.store import WorkbookRecord


def begun_anew(app: App, office: Office) -> Iterator[Message]:
    """That the store holds what an office's home workbook said under a code that is configured no more.

    Once the office has sealed a report, a person has let it begin.
    """
    for old in app.store.left_under(office.code, office.workbook, app.settings.own):
        yield msg(
            "{office} has the code {code} and begins anew, but the store holds its workbook under the code {old}: months "
            "seen, reasons, approvals and reports. If only the code was changed, write `code: {old}` again; if it is "
            "another office, nothing is to be done, and this ends with its first report.",
            office=office.name,
            code=office.code,
            old=old,
        )


def hidden_pages(office: Office, read: ReadWorkbook, record: WorkbookRecord | None) -> Iterator[Message]:
    """The pages of ours that somebody hid: what is written there reaches nobody. Pure."""
    own = {APPROVALS_ID, *(sheet for role, sheet in (record.own if record else {}).items() if role in rekap.FOR_ALL)}
    for tab in read.grid.tabs:
        if tab.hidden and tab.sheet_id in own:
            yield msg(
                "Tab {tab} of workbook “{title}” is hidden, so that nobody sees what stands there. In the sheet: View, "
                "Hidden sheets, {tab}.",
                tab=tab.title,
                title=read.grid.title or office.name,
            )


def all_hidden_pages(
    office: Office, read: Mapping[str, ReadWorkbook], records: Mapping[str, WorkbookRecord]
) -> tuple[Message, ...]:
    """The same of all workbooks that were read."""
    return tuple(said for id_, each in read.items() for said in hidden_pages(office, each, records.get(id_)))


def left_inputs(
    office: Office, before: Mapping[str, WorkbookRecord], observations: Iterable[Observation]
) -> Iterator[Message]:
    """The workbooks taken out of the configuration whose figures still count, as `before` knew the office's workbooks. Pure."""
    left = {name: record for name, record in before.items() if name not in office.workbooks}
    months: dict[str, set[Period]] = {}
    for seen in observations if left else ():
        if seen.cell.workbook in left:
            months.setdefault(seen.cell.workbook, set()).add(seen.period)
    for name, found in months.items():
        yield msg(
            "Workbook “{title}” ({workbook}) is no longer in the configuration of {office}, but its figures from {first} to "
            "{last} still count as last read. If that is meant, nothing is to be done; if not, write it under "
            "`input_workbooks` again, clear the figures in it, and answer the question in {tab}.",
            title=left[name].title or name,
            workbook=name,
            office=office.name,
            first=min(found),
            last=max(found),
            tab=office.tabs.questions,
        )


def newly_left_inputs(
    office: Office, before: Mapping[str, WorkbookRecord], observations: Iterable[Observation]
) -> Iterator[Message]:
    """The same of those that were still looked at when the home workbook last was: so it is told once. Pure."""
    home = before.get(office.workbook)
    since = home.fresh_at if home else None
    known = {name: each for name, each in before.items() if each.fresh_at and (since is None or each.fresh_at >= since)}
    return left_inputs(office, known, observations)


def left_places(months: Mapping[str, Collection[Period]]) -> Iterator[Message]:
    """That months are kept for places that places.yaml has no longer. Pure."""
    for code, found in sorted(months.items()):
        yield msg(
            "places.yaml has no place {code} any more, but files gave figures for it from {first} to {last}: they are in no sum "
            "now. If only its code was changed, write `code: {code}` again, or bring the files in anew (`sheets-sync "
            "import-region FILE`); if the place is gone, nothing is to be done.",
            code=code,
            first=min(found),
            last=max(found),
        )


def stray_templates(settings: Settings) -> tuple[Message, ...]:
    """What to say of the files in each office's own folder of templates that nothing asks for."""
    told = {}
    for office in settings.reporting:
        folder = settings.of(office).reports.templates
        if folder is not None and folder.is_dir() and folder not in told:
            told[folder] = [in_office(office, said, settings) for said in strays(folder)]
    return tuple(said for each in told.values() for said in each)
