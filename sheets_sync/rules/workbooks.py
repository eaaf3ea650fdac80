"""What to say of workbooks and tabs that are not as they should be."""

from __future__ import annotations

from sheets_sync.model import Message, msg

NEVER_READ = msg("A workbook of the office")  # of which not even the title is known


def with_title(message: Message, workbook: str, title: str | Message) -> Message:
    """A message that calls a workbook by its title wherever it calls it by its id, which tells people nothing."""
    params = {
        name: title
        if value == workbook
        else with_title(value, workbook, title)
        if isinstance(value, Message)
        else value
        for name, value in message.params.items()
    }
    return Message(message.template, params)


def tab_lost(tab: str, workbook: str | Message) -> Message:
    """What to say of a tab that held figures and can't be read any more."""
    return msg(
        "The tab {tab} of “{title}” is gone, or its headings are. Bring it back (File, Version history), or take "
        "its library out of the register. Its figures read before stay.",
        tab=tab,
        title=workbook,
    )


def register_missing(tab: str, workbook: str) -> Message:
    """What to say where the list of libraries is not to be found."""
    return msg(
        "Workbook {workbook} has no tab {tab} with the list of libraries. Rename that tab back, or run "
        "`sheets-sync setup {workbook}`. The figures read before stay.",
        workbook=workbook,
        tab=tab,
    )


def wrong_locale(title: str, found: str, wanted: str) -> Message:
    """What to say of a workbook whose locale does not fit the office."""
    return msg(
        "Workbook “{title}” is set to {found}, but people here type as in {wanted}: 1.000 would be stored as 1 and "
        "nobody could tell. Open File, Settings, General and choose the locale {wanted}.",
        title=title,
        found=found or "?",
        wanted=wanted,
    )


def page_refused(tab: str, account: str, problem: Message | str) -> Message:
    """What to say of a page of ours that Google did not let us write."""
    return msg(
        "The tab {tab} could not be written; the others were. If somebody has protected it: open Data, Protected sheets "
        "and ranges, and let {account} edit it. Google says: {problem}",
        tab=tab,
        account=account,
        problem=problem,
    )


def comments_refused(library: str, problem: Message | str) -> Message:
    """What to say of a library's comments that Google did not take."""
    return msg(
        "The comments for {library} could not be written; the others were. Its questions stand in the list of questions. "
        "Google says: {problem}",
        library=library or "–",
        problem=problem,
    )
