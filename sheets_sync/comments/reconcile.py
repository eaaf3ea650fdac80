"""Compares the open questions with the threads that stand in a workbook, and says what to add, answer or take away.

The workbook is the truth about threads, so a run that crashed duplicates nothing. What a person resolved or answered is
theirs: such a thread is neither moved nor deleted, and its question is not asked a second time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo
from enum import Enum, auto

from sheets_sync.comments.options import CommentOptions
from sheets_sync.comments.wording import CommentMark, comment, mark_name, mark_of
from sheets_sync.i18n import Language
from sheets_sync.model import CellRef, Finding, Library, Severity, register_sheets
from sheets_sync.model.grid import CommentThread, Workbook
from sheets_sync.model.json import JsonObject

Place = tuple[int | None, int | None, int | None]  # sheetId, row, column


@dataclass(frozen=True, slots=True)
class CommentChange:
    """A request about a comment, and the library it is for ("": the office), so that one's can be sent without others'."""

    library: str
    request: JsonObject


@dataclass(frozen=True, slots=True)
class _Ours:
    """A thread of ours with what it is about."""

    thread: CommentThread
    mark: CommentMark

    @property
    def place(self) -> Place:
        return self.thread.sheet_id, self.thread.row, self.thread.column

    @property
    def untouched(self) -> bool:
        """Nobody resolved or answered it."""
        return not (self.thread.resolved or self.thread.answered)


class _Action(Enum):
    """What to do about a thread of ours."""

    KEEP = auto()
    DELETE = auto()
    REOPEN = auto()
    THANK = auto()  # the cell was put right
    ACCEPT = auto()  # a reason was given


def reconcile(
    workbook: Workbook,
    findings: Iterable[Finding],
    libraries: Iterable[Library],
    options: CommentOptions,
    today: date,
    zone: tzinfo,
    t: Language,
) -> list[CommentChange]:
    """The requests that bring a workbook's threads in line with what is found in it now.

    `findings` are all of the office; those about other workbooks are left to theirs. New threads are counted over the
    day `today` of the time zone `zone`.
    """
    if not options.comments:
        return []
    sheets = {
        (workbook.id, tab.sheet_id) for tab in workbook.tabs
    }  # a comment on a tab that is gone would cost them all
    here = {
        found.id: found
        for found in findings
        if found.cells and (found.cells[0].workbook, found.cells[0].sheet_id) in sheets
    }
    judged = list(_judged(_ours(workbook.comments), here))
    standing = [each for each, action in judged if action is not _Action.DELETE]
    libraries = tuple(libraries)
    assignees = {library.code: library.emails[0] for library in libraries if options.assign and library.emails}
    register = register_sheets(libraries)
    return [
        *(
            CommentChange(each.mark.library or "", request)
            for each, action in judged
            for request in _requests(each, action, t)
        ),
        *(
            CommentChange(_name(finding) or "", _insert(finding, {} if _stands_in(register, finding) else assignees, t))
            for finding in _new(here.values(), standing, options, today, zone)
        ),
    ]


def _name(finding: Finding) -> str | None:
    """The finding's library as marks have it."""
    return mark_name(finding.library) if finding.library else None


def _stands_in(register: Container[tuple[str, int]], finding: Finding) -> bool:
    """Whether a finding is about the register, which the office keeps: no library is asked to correct it."""
    return (finding.cells[0].workbook, finding.cells[0].sheet_id) in register


def strays(after: Iterable[CommentThread], findings: Iterable[Finding], read: Workbook) -> list[JsonObject]:
    """Deletes threads that landed on a cell that showed something else than was meant, because rows had moved.

    For the answer to a write (`after`), which shows the threads but has not been interpreted; `read` is the workbook as
    it was when the findings were made. `reconcile` of the next read places them again.
    """
    meant = {finding.id: _text_at(read, finding.cells[0]) for finding in findings if finding.cells}
    return [
        _delete(each)
        for each in _ours(after)
        if each.untouched and each.mark.code in meant and not _alike(each.thread.quote, meant[each.mark.code])
    ]


def _text_at(workbook: Workbook, cell: CellRef) -> str:
    tab = next((tab for tab in workbook.tabs if tab.sheet_id == cell.sheet_id), None)
    return tab.at(cell.row, cell.column).text if tab else ""


def _alike(one: str, other: str) -> bool:
    return one.split() == other.split()


def _ours(comments: Iterable[CommentThread]) -> Iterator[_Ours]:
    for thread in comments:
        mark = mark_of(thread.text) if thread.by_me else None
        if mark:
            yield _Ours(thread, mark)


def _judged(ours: Iterable[_Ours], here: Mapping[str, Finding]) -> Iterator[tuple[_Ours, _Action]]:
    """Each thread with what to do; of several about the same question the first that stays is enough."""
    asked_at = {_place(finding): finding.id for finding in here.values() if finding.is_question}
    seen: set[str] = set()
    for each in ours:
        action = _judge(each, here.get(each.mark.code), asked_at.get(each.place))
        if each.mark.code in seen and each.untouched and action is _Action.KEEP:
            action = _Action.DELETE
        if action is not _Action.DELETE:
            seen.add(each.mark.code)
        yield each, action


def _judge(each: _Ours, finding: Finding | None, asked_there: str | None) -> _Action:
    """What to do about a thread; `asked_there` is the code of what is asked at its cell now."""
    if finding is not None and finding.is_question:
        if each.thread.resolved:
            return _Action.REOPEN if each.thread.closed_by_me else _Action.KEEP
        return _Action.KEEP if each.place == _place(finding) or not each.untouched else _Action.DELETE
    if each.thread.resolved:
        return _Action.KEEP
    if each.thread.sheet_id is None or asked_there:
        return _Action.DELETE if each.untouched else _Action.KEEP
    return _Action.ACCEPT if finding is not None else _Action.THANK


def _place(finding: Finding) -> Place:
    cell = finding.cells[0]
    return cell.sheet_id, cell.row, cell.column


def _new(
    findings: Iterable[Finding], standing: Sequence[_Ours], options: CommentOptions, today: date, zone: tzinfo
) -> Iterator[Finding]:
    """Questions without a thread, the most important first, as many as each library may get today, one a cell."""
    asked = {each.mark.code for each in standing}
    taken = {each.place for each in standing if not each.thread.resolved}
    count = Counter(each.mark.library for each in standing if _created(each, zone) == today)
    for finding in sorted((finding for finding in findings if finding.is_question), key=_importance):
        name, place = _name(finding), _place(finding)
        full = count[name] >= options.new_threads_per_library_and_day
        if finding.id in asked or place in taken or full:
            continue
        count[name] += 1
        taken.add(place)
        yield finding


def _importance(finding: Finding) -> tuple[bool, int]:
    """What blocks a value comes first, then the newest month."""
    return finding.severity is not Severity.FATAL, -finding.period.ordinal if finding.period else 0


def _created(each: _Ours, zone: tzinfo) -> date | None:
    return each.thread.created.astimezone(zone).date() if each.thread.created else None


def _requests(each: _Ours, action: _Action, t: Language) -> Iterator[JsonObject]:
    match action:
        case _Action.KEEP:
            return
        case _Action.DELETE:
            yield _delete(each)
        case _Action.REOPEN:
            yield _reply(each, t("The same entry is here again; may we ask you to look at it once more?"), "REOPEN")
        case _Action.THANK:
            yield _reply(each, t("Thank you, this is fine now."), "RESOLVE")
        case _Action.ACCEPT:
            yield _reply(each, t("Thank you for telling us the reason."), "RESOLVE")


def _insert(finding: Finding, assignees: Mapping[str, str], t: Language) -> JsonObject:
    cell = finding.cells[0]
    where = {"sheetId": cell.sheet_id, "rowIndex": cell.row, "columnIndex": cell.column}
    request: JsonObject = {"coordinate": where, "content": comment(finding, t)}
    if assignee := assignees.get(finding.library or ""):
        request["assigneeEmailAddress"] = assignee
    return {"insertComment": request}


def _reply(each: _Ours, text: str, action: str) -> JsonObject:
    post = {"content": text, "commentAction": action}
    return {"addCommentReply": {"commentId": each.thread.thread_id, "post": post}}


def _delete(each: _Ours) -> JsonObject:
    return {"deleteComment": {"commentId": each.thread.thread_id}}
