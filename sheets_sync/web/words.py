"""What the pages of this room say."""

from __future__ import annotations

from collections.abc import Mapping

from sheets_sync.model import Message, msg

ADOPT_WORDS: Mapping[str, Message] = {
    "again": msg("Another file"),
    "back": msg("Back to the demo"),
    "busy": msg("At work …"),
    "choose": msg("Choose an .xlsx file"),
    "download": msg("Download the configuration"),
    "drop": msg("Drop an .xlsx here"),
    "failed": msg("That did not work: {problem}"),
    "figures": msg("Figures"),
    "heading": msg("Heading"),
    "is": msg("Is taken for"),
    "library": msg("Library"),
    "months": msg("Months"),
    "no_line": msg("No heading was found. Is there a table with months and figures in it?"),
    "nothing_written": msg("Nothing is written to your workbook here."),
    "or_paste": msg("or paste a table, straight from a spreadsheet"),
    "own_title": msg("Try it with your own table"),
    "questions": msg("Please answer; nothing was assumed"),
    "read": msg("What is read with it"),
    "result": msg("The result: your workbook, with Rekap"),
    "sheet": msg("How your workbook is read"),
    "stays": msg("It stays on this computer."),
    "sync": msg("Accept and sync"),
    "take": msg("Take this table"),
    "tell_year": msg("The year of the months"),
    "what_now": msg("What to do with it"),
    "where": msg("Where"),
    "why": msg("Why"),
}

MEANINGS: Mapping[str, Message] = {
    "new": msg("a data element of its own"),
    "library": msg("the library's name"),
    "month": msg("the month"),
    "year": msg("the year"),
    "date": msg("the date of an event"),
    "kind": msg("the kind of an event"),
    "note": msg("a remark"),
    "ignored": msg("leave it out"),
}
