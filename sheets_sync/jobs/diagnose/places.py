"""The tree of places above the offices: who belongs nowhere, who gives nothing, and each place's own workbook."""

from __future__ import annotations

from collections.abc import Iterator

from sheets_sync.app import App
from sheets_sync.config.places import Places, Region
from sheets_sync.errors import SheetsSyncError
from sheets_sync.google.errors import only_for_reading
from sheets_sync.jobs.diagnose.check import Check
from sheets_sync.jobs.untold import begun_anew, hidden_pages, left_places
from sheets_sync.model import Message, msg
from sheets_sync.store.places import of_file


def tree(app: App) -> Iterator[Check]:
    """What in the tree can be read and still not be what anybody means."""
    places, regions = app.settings.places, app.settings.regions
    if not places.places:
        return
    problems = [*_nowhere(app), *_silent(places), *_twice(places), *_unheard(app), *_unread(regions, app)]
    problems += left_places(app.store.left_places(places.by_code.keys()))
    yield from (Check("places", False, said) for said in problems)
    folder = places.import_folder
    if folder is not None and not folder.is_dir():
        yield Check(
            "folder",
            False,
            msg(
                "{setting}: there is no {path}. Correct the setting, or put it there.",
                setting="places.yaml: import_folder",
                path=folder,
            ),
        )
    if not problems:
        yield Check("places", True, msg("The tree has {count} places; each gives figures.", count=len(places.places)))


def _nowhere(app: App) -> Iterator[Message]:
    known = {office for place in app.settings.places.places for office in place.offices}
    lost = [office.code for office in app.settings.offices if office.code not in known]
    if lost:
        yield msg("places.yaml: these offices are in no place and in no sum: {offices}.", offices=lost)


def _silent(places: Places) -> Iterator[Message]:
    silent = [place.code for place in places.places if next(places.givers(place), None) is None]
    if silent:
        yield msg("places.yaml: nobody gives figures of {codes}. Name `offices` or `imports`.", codes=silent)


def _twice(places: Places) -> Iterator[Message]:
    """Places of which one file comes in, and further figures of places under them that the file may hold already."""
    for place in places.places:
        below = [each.name for each in places.givers(place) if each is not place]
        if place.imports and below:
            yield msg(
                "places.yaml: {place} is brought in by a file, and so are figures of {below} under it. If the file holds "
                "them as well, they count twice: take one of the two out.",
                place=place.name,
                below=below,
            )


def _unheard(app: App) -> Iterator[Message]:
    """Places of other installations of which no file ever came."""
    wanted = [place for place in app.settings.places.places if place.imports]
    came = app.store.newest_given([of_file(place.code) for place in wanted])
    silent = [place.name for place in wanted if of_file(place.code) not in came]
    if silent:
        yield msg(
            "No file was brought in yet of: {places}. Ask for `sheets-sync export --what region` and run `sheets-sync "
            "import-region FILE`.",
            places=silent,
        )


def _unread(regions: tuple[Region, ...], app: App) -> Iterator[Message]:
    """Places whose report nobody gets."""
    for region in regions:
        if not app.settings.of(region).reports.office_recipients:
            yield msg(
                "places/{code}/reports.yaml: nobody gets the place's report. Name office_recipients.", code=region.code
            )


def workbooks(app: App) -> Iterator[Check]:
    """Whether each place's workbook is there and may be written."""
    for region in app.settings.regions:
        try:
            google = app.google(app.settings.key_file(region))
            read, listed = google.read(region.workbook), google.list_workbooks()
        except SheetsSyncError as error:
            yield Check("workbook", False, error.message)
            continue
        title, known = read.grid.title, app.store.workbooks(region.code).get(region.workbook)
        yield from (Check("hidden", False, said) for said in hidden_pages(region, read, known))
        yield from (Check("places", False, said) for said in begun_anew(app, region))
        if region.workbook in listed and not listed[region.workbook].can_edit:
            yield Check("sharing", False, only_for_reading(title, google.account))
        else:
            yield Check("workbook", True, msg("{title}: {place} is written there.", title=title, place=region.name))
