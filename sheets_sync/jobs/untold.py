"""What goes well and still not as anybody means: an office under a new code, hidden pages, templates nothing asks for.

`doctor` tells it, and a sync where it comes up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sheets_sync import rekap
from sheets_sync.app import App
from sheets_sync.config.office import Office
from sheets_sync.google import ReadWorkbook
from sheets_sync.jobs.placeholders import in_office
from sheets_sync.model import Message, msg
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


def stray_templates(settings: Settings) -> tuple[Message, ...]:
    """What to say of the files in each office's own folder of templates that nothing asks for."""
    told = {}
    for office in settings.reporting:
        folder = settings.of(office).reports.templates
        if folder is not None and folder.is_dir() and folder not in told:
            told[folder] = [in_office(office, said, settings) for said in strays(folder)]
    return tuple(said for each in told.values() for said in each)
