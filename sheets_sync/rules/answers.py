"""Rules about the answers of a form."""

from sheets_sync.model import msg
from sheets_sync.rules.rule import Rule, Sample

_HEADER = ("Stempel waktu", "Bulan", "Pengunjung di tempat")

NO_TIMESTAMP = Rule(
    "F-NO-TIMESTAMP",
    condition=msg("An answer to a form has no time stamp."),
    message=msg("It is not known when this answer came, so its figures are not counted yet."),
    fix=msg("Please type when it came in the column of the time stamp, for example {example}."),
    example="3/2/2024 9.12",
    sample=Sample((_HEADER, ("3/2/2024 9.12.44", "Januari 2024", 10), (None, "Januari 2024", 12))),
)
ANSWER_AHEAD = Rule(
    "F-ANSWER-AHEAD",
    condition=msg("An answer to a form is about a month that had not begun when it came."),
    message=msg(
        "This answer came on {came} and is about {month}, which had not begun: its figures are not counted yet."
    ),
    fix=msg("Please correct the month or its year."),
    sample=Sample((_HEADER, ("3/2/2024 9.12.44", "Desember 2024", 10))),
)
ANSWERED_AGAIN = Rule(
    "W-ANSWERED-AGAIN",
    condition=msg("A form was answered more than once for a library and month."),
    message=msg(
        "{month} was answered more than once: row {row} counts, the earlier answer in row {earlier} only where row {row} says nothing."
    ),
    fix=msg("Nothing to do if that is right."),
    sample=Sample(
        (
            _HEADER,
            ("3/2/2024 9.12.44", "Januari 2024", 10),
            ("4/2/2024 8.01.15", "Januari 2024", 16),
        )
    ),
)
ANSWERED_IN_PARTS = Rule(
    "F-ANSWER-PARTS",
    condition=msg("Answers to a form are about parts of a month: its weeks, or single events."),
    message=msg(
        "The answers for {month} differ in “{heading}” ({typed}), so they may be parts of it: none is counted yet."
    ),
    fix=msg("Please send one answer for the whole month, with its sums, and delete the others."),
    sample=Sample(
        (
            (*_HEADER, "Minggu ke"),
            ("3/2/2024 9.12.44", "Januari 2024", 10, "1"),
            ("4/2/2024 8.01.15", "Januari 2024", 16, "2"),
        )
    ),
)

ANSWERS = (NO_TIMESTAMP, ANSWER_AHEAD, ANSWERED_AGAIN, ANSWERED_IN_PARTS)
