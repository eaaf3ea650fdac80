"""Rules about a single entry: what can't be read, and what was read as something else than it shows."""

from sheets_sync.model import msg
from sheets_sync.model.grid import GridCell, Merge, NumberKind
from sheets_sync.rules.rule import Rule, Sample, Typed

A_COUNT = "25"  # an example that only fits where something is counted
HEADER = ("Bulan", "Pengunjung di tempat", "Jam buka per hari")


def _sample(visits: Typed, hours: Typed = 6) -> Sample:
    return Sample((HEADER, ("Januari 2024", visits, hours)))


def _register(heading: str, typed: Typed) -> Sample:
    return Sample((("Kode", "Nama", heading), ("T", "Perpustakaan Desa Tangkum", typed)), title="Perpustakaan")


NUMBER = Rule(
    "F-NUMBER",
    condition=msg("Something is typed that is not exactly one number."),
    message=msg("“{typed}” in {label} can't be read as a number."),
    fix=msg("Please type digits only, for example {example}; if nothing happened, type 0."),
    example=A_COUNT,
    sample=_sample("sekitar 20"),
)
NEGATIVE = Rule(
    "F-NEGATIVE",
    condition=msg("A number is below zero."),
    message=msg("{label} is {typed}, but a count can't be below zero."),
    fix=msg("Please type the number without a minus sign, for example {example}."),
    example=A_COUNT,
    sample=_sample(-5),
)
FRACTION = Rule(
    "F-FRACTION",
    condition=msg("A count has a fraction."),
    message=msg("{label} is {typed}, but it is counted in whole numbers."),
    fix=msg("Please type a whole number without a dot or comma, for example {example}."),
    example="1234",
    sample=_sample(1.234),
)
AMBIGUOUS = Rule(
    "F-AMBIGUOUS",
    condition=msg("A number with one mark before three digits may be thousands or a fraction."),
    message=msg("“{typed}” in {label} can mean two different numbers."),
    fix=msg("Please type thousands without a mark (1234), and a fraction with one or two digits (1,2)."),
    example="7,5",
    sample=_sample(10, "1.234"),
)
FORMULA = Rule(
    "F-FORMULA",
    condition=msg("A formula ended in an error."),
    message=msg("The formula in this cell ends in {typed} instead of a value."),
    fix=msg("Please put the formula right, or type the value itself, for example {example}."),
    example=A_COUNT,
    sample=_sample("#REF!"),
)
FORMAT = Rule(
    "F-FORMAT",
    condition=msg("The sheet turned the entry into a date, a time or a percentage."),
    message=msg("The sheet shows {typed} in {label}: it took the entry for a date, a time or a percentage."),
    fix=msg("Please choose Format › Number › Number for the cell and type the number again, for example {example}."),
    example=A_COUNT,
    sample=_sample(GridCell(45636.0, "10/12", NumberKind.DATE)),
)
HIDDEN = Rule(
    "F-HIDDEN",
    condition=msg("The cell's format hides the number that stands in it."),
    message=msg("A number stands in {label} that the cell does not show."),
    fix=msg(
        "If it is right, please choose Format › Number › Number for the cell, so that it reads like {example}; "
        "if nothing is meant to stand there, delete it."
    ),
    example=A_COUNT,
    sample=_sample(GridCell(25.0, "")),
)
UNIT = Rule(
    "F-UNIT",
    condition=msg("A number carries the unit of another element."),
    message=msg("“{typed}” stands in {label}, which is counted in {unit}: it may belong into another column or row."),
    fix=msg("Please check where it belongs, and type digits only, for example {example}."),
    example=A_COUNT,
    sample=_sample("40 eksemplar"),
)
HOURS = Rule(
    "F-HOURS",
    condition=msg("Opening hours are not between 0 and 24 a day."),
    message=msg("“{typed}” in {label} is no time that fits into a day."),
    fix=msg("Please type the hours a day, for example {example}, or the span, for example 08.00-16.00."),
    example="6",
    sample=_sample(10, 160),
)
CLOCK = Rule(
    "F-CLOCK",
    condition=msg("A single time of the clock stands where hours a day are asked for."),
    message=msg("“{typed}” in {label} may be a time of the clock, so it is not clear how many hours are meant."),
    fix=HOURS.fix,
    example="6",
    sample=_sample(10, "08.00"),
)
DATE = Rule(
    "F-DATE",
    condition=msg("A date can't be read or does not exist."),
    message=msg("“{typed}” is not a date that exists."),
    fix=msg("Please type day, month and year, for example {example}."),
    example="8 November 2024",
    sample=_register("Aktif sejak", "31/02/2024"),
)
DATE_ORDER = Rule(
    "F-DATE-ORDER",
    condition=msg("A date can mean two days, because the workbook's locale puts the month first."),
    message=msg("“{typed}” can mean two different days, because this workbook is set to month-day order."),
    fix=msg("Please write the month as a word, for example {example}."),
    example="3 April 2024",
    sample=Sample((HEADER, ("03/04/2024", 10, 6)), locale="en_US"),
)
PHONE = Rule(
    "F-PHONE",
    condition=msg("A phone number of the register can't be read."),
    message=msg("“{typed}” is not one complete mobile number."),
    fix=msg("Please type one number, for example {example}."),
    example="0812-3456-7890",
    sample=_register("WhatsApp", "telepon Ibu"),
)
EMAIL = Rule(
    "F-EMAIL",
    condition=msg("An e-mail address of the register can't be read."),
    message=msg("“{typed}” is not a complete e-mail address."),
    fix=msg("Please type the address like {example}; several are separated by commas."),
    example="perpusdes@example.org",
    sample=_register("E-mail", "perpusdes@"),
)
EMAILS = Rule(
    "F-EMAILS",
    condition=msg("More than five e-mail addresses stand in one cell of the register."),
    message=msg("More than five addresses stand here, so none of them is used."),
    fix=msg("Please keep those who are to get the library's mail, at most five, for example {example}."),
    example="perpusdes@example.org, kades@example.org",
    sample=_register("E-mail", ", ".join(f"orang{n}@example.org" for n in range(6))),
)
MERGED = Rule(
    "F-MERGED",
    condition=msg("Cells of several months or entries are merged into one."),
    message=msg("“{typed}” stands in a merged cell ({span}), so it is not clear for which of its entries it counts."),
    fix=msg("Please unmerge the cell and type a number in each of its cells, for example {example}."),
    example=A_COUNT,
    sample=Sample((HEADER, ("Januari 2024", 25, 6), ("Februari 2024", None, 6)), merges=(Merge(1, 3, 1, 2),)),
)
READ_AS = Rule(
    "R-READ-AS",
    condition=msg("An entry was not plain, and was read."),
    message=msg("“{typed}” in {label} was read as {value}."),
    fix=msg("Nothing to do if that is right."),
    sample=_sample("1.234 orang"),
)

ENTRIES = (
    NUMBER,
    NEGATIVE,
    FRACTION,
    AMBIGUOUS,
    FORMULA,
    FORMAT,
    HIDDEN,
    UNIT,
    HOURS,
    CLOCK,
    DATE,
    DATE_ORDER,
    PHONE,
    EMAIL,
    EMAILS,
    MERGED,
    READ_AS,
)
