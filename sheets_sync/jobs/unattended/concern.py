"""Which offices a failure of a sync is about: whoever looks at one office hears of no other's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

from sheets_sync.app import App
from sheets_sync.errors import TroubleKind, WorkbookError
from sheets_sync.jobs.mailing.situation import of_each
from sheets_sync.jobs.places.place_files import files_in
from sheets_sync.notify.snapshot import Trouble
from sheets_sync.store.runs import Run, sync_of

EVERYBODYS = frozenset({"", "clock"})  # what a failure is about that names no workbook, office or key
WHOLE = "`sync`"  # what a failure of the run as a whole is about, by the command's name


@dataclass(frozen=True, slots=True)
class Concerns:
    """What failures are about: what workbooks (by id) and offices (by code) are called, and whose workbooks and keys are.

    `offices` are the codes that are looked at, `whole`: there are no others.
    """

    names: Mapping[str, str]
    owners: Mapping[str, frozenset[str]]  # codes, by workbook, office, key file and file of another installation
    offices: frozenset[str]
    whole: bool = True

    def of(self, about: str) -> frozenset[str]:
        """The offices looked at that it concerns; what belongs to nobody known is another office's, if there are others."""
        everybody = about in EVERYBODYS or (self.whole and about not in self.owners)
        return self.offices if everybody else self.owners.get(about, frozenset())


def concerns_of(app: App) -> Concerns:
    """The offices that are looked at, with what is theirs."""
    left = {each.code for each in app.settings.left_out}
    owners = {code: frozenset({code}) for code in left}
    names = {**app.settings.names}
    for office in app.settings.reporting:
        for about in (office.code, str(app.settings.key_file(office)), *office.workbooks):
            owners[about] = owners.get(about, frozenset()) | {office.code}
    above = frozenset(region.code for region in app.settings.regions)
    owners |= {file.name: above for file in files_in(app.settings.places.import_folder)}
    for office, known in of_each(app, lambda office: app.store.workbooks(office.code)):
        names |= {each: (known[each].title if each in known else "") or each for each in office.workbooks}
    return Concerns(names, owners, app.codes | left, app.is_whole)


def troubles_of(runs: Iterable[Run], concerns: Concerns, zone: tzinfo) -> tuple[Trouble, ...]:
    """What the newest look at each office could not do, since the first of the looks without a break that could not. Pure.

    `runs`, newest first, looked at all offices or, by their name, at one.
    """
    looks = [(run, _by_office(run, concerns)) for run in runs]
    found: dict[tuple[TroubleKind, str], Trouble] = {}
    for office in sorted(concerns.offices):
        seen = [(run.started_at, failed.get(office, {})) for run, failed in looks if _looked_at(run, office)]
        for trouble in _lasting(seen):
            kind, about = trouble.kind, trouble.about
            known = found.get((kind, about), trouble)
            offices, since = known.offices | {office}, min(known.since, trouble.since)
            found[kind, about] = replace(known, offices=offices, since=since)
    return tuple(
        replace(each, about=concerns.names.get(each.about, each.about) or WHOLE, since=each.since.astimezone(zone))
        for each in found.values()
    )


_Sort = tuple[TroubleKind, str]  # of a trouble, and what it is about
_Failed = Mapping[_Sort, tuple[TroubleKind, str]]


def _lasting(seen: Sequence[tuple[datetime, _Failed]]) -> Iterator[Trouble]:
    """The troubles of the newest look, each since the first of those without a break."""
    newest: _Failed = seen[0][1] if seen else {}
    since, lasting = dict[_Sort, datetime](), set(newest)
    for at, failed in seen:
        lasting &= failed.keys()
        if not lasting:
            break
        since |= dict.fromkeys(lasting, at)
    for (sort, about), (kind, problem) in newest.items():
        if kind is not TroubleKind.CLOCK:
            yield Trouble(kind, about, problem, since[sort, about])


def _by_office(run: Run, concerns: Concerns) -> dict[str, dict[_Sort, tuple[TroubleKind, str]]]:
    """What a run noted as failed, by the offices it concerns."""
    found: dict[str, dict[_Sort, tuple[TroubleKind, str]]] = {}
    for kind, about, problem in _failures(run):
        for office in concerns.of(about):
            found.setdefault(office, {})[_sort(kind), about] = kind, problem
    return found


def _looked_at(run: Run, office: str) -> bool:
    return run.job in ("sync", sync_of(office))


def _sort(kind: TroubleKind) -> TroubleKind:
    """What counts as the same trouble: whether Google is away or asks to wait may differ from one time to the next."""
    return TroubleKind.GOOGLE if kind is TroubleKind.QUOTA else kind


def _failures(run: Run) -> Iterator[tuple[TroubleKind, str, str]]:
    """What a run noted as failed; where it ended with an error, that."""
    listed = run.detail.get("failures", ())
    for each in listed:
        yield TroubleKind(each.get("kind", TroubleKind.UNEXPECTED)), str(each["about"]), str(each["problem"])
    if not listed and run.detail.get("problem"):
        kind = TroubleKind(run.detail.get("kind", TroubleKind.UNEXPECTED))
        yield kind, "", str(run.detail["problem"])


_BY_WORKBOOK = ("read", "adopted", "unchanged", "written", "planned")


def part_of(run: Run, concerns: Concerns) -> Run:
    """What a sync of all offices says of those that are looked at: neither the others' workbooks nor their trouble. Pure."""
    if concerns.whole or run.job != "sync":
        return run
    detail = {key: _kept(value, concerns) for key, value in run.detail.items() if key in _BY_WORKBOOK}
    for key, name in (("tabs", "workbook"), ("failures", "about")):
        detail[key] = [each for each in run.detail.get(key, ()) if concerns.of(str(each.get(name, "")))]
    if "problem" in run.detail:  # it ended as a whole
        return replace(run, detail={**detail, "problem": run.detail["problem"]})
    well = run.status == WorkbookError.exit_code and not detail["failures"]
    return replace(run, status=0 if well else run.status, detail=detail)


def _kept(value: object, concerns: Concerns) -> object:
    """Of workbooks, or of what stands under them, those that are the offices'."""
    if isinstance(value, Mapping):
        return {key: each for key, each in value.items() if concerns.of(str(key))}
    return [each for each in value if concerns.of(str(each))] if isinstance(value, Sequence) else value
