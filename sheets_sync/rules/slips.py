"""Rules that recognise slips of the pen: each proposes a figure with its evidence, none changes anything."""

from sheets_sync.model import msg
from sheets_sync.rules.rule import ANSWER, Rule, Sample

_MONTHS = ("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus")
_FIX = msg("If so, please correct it; if it is right as it is, please type the reason {place}.", place=ANSWER)


def _months(heading: str, *figures: float) -> Sample:
    rows = zip(_MONTHS, figures, strict=False)
    return Sample((("Bulan", heading), *((f"{month} 2024", figure) for month, figure in rows)))


TOO_MANY_ZEROS = Rule(
    "E-ZERO-MORE",
    condition=msg("A figure is ten (a hundred) times what is usual: a digit or a zero too many."),
    message=msg("{label} is {figure}, about {times} times the usual {usual}."),
    fix=_FIX,
    sample=_months("Pengunjung di tempat", 690, 700, 680, 710, 695, 6900),
)
TOO_FEW_ZEROS = Rule(
    "E-ZERO-LESS",
    condition=msg("A figure is a tenth (a hundredth) of what is usual: a digit or a zero too few."),
    message=msg("{label} is {figure}, about {times} times less than the usual {usual}."),
    fix=_FIX,
    sample=_months("Pengunjung di tempat", 690, 700, 680, 710, 695, 69),
)
LOST_THOUSANDS = Rule(
    "E-THOUSANDS",
    condition=msg("A figure is a thousandth of what is usual: its thousands mark was taken for a decimal one."),
    message=msg("{label} is {figure}, where {usual} is usual; the thousands may have been lost."),
    fix=_FIX,
    sample=_months("Pengunjung di tempat", 6900, 7000, 6800, 7100, 6950, 7),
)
OTHER_UNIT = Rule(
    "E-UNIT",
    condition=msg("A time is sixty times what is usual or a sixtieth: minutes for hours or hours for minutes."),
    message=msg("{label} is {figure}, where {usual} is usual; it may be in another unit (minutes and hours)."),
    fix=_FIX,
    sample=_months("Jam pemakaian komputer", 110, 115, 120, 118, 112, 6900),
)
CUMULATIVE = Rule(
    "E-CUMULATIVE",
    condition=msg("A figure is the sum of the year so far, among figures of single months."),
    message=msg(
        "{label} is {figure}: that is about the sum of the year so far ({before}) and a usual month ({usual})."
    ),
    fix=_FIX,
    sample=_months("Pengunjung di tempat", 100, 104, 97, 103, 98, 602),
)
NOT_CUMULATIVE = Rule(
    "E-MONTHLY",
    condition=msg("A figure is that of a single month, among figures that add up over the year."),
    message=msg("{label} is {figure}, but the figures around it add up over the year (the month before: {before})."),
    fix=_FIX,
    sample=_months("Pengunjung di tempat", 100, 204, 301, 404, 98, 602, 700, 803),
)
ALL_CUMULATIVE = Rule(
    "E-RUNNING-TOTAL",
    condition=msg("The figures of a year add up from month to month."),
    message=msg(
        "{label} grows month by month from {first} to {figure}: are these running totals since the start of the year?"
    ),
    fix=msg(
        "If so, please enter what happened in each month alone; if they are right as they are, please type the reason "
        "{place}.",
        place=ANSWER,
    ),
    sample=_months("Pengunjung di tempat", 100, 204, 301, 404, 502, 602),
)
SWAPPED_COLUMNS = Rule(
    "E-SWAPPED",
    condition=msg("Two figures of a month fit each other's column."),
    message=msg("{label} is {value} and {other_label} is {other}; usual are {usual} and {other_usual}: swapped?"),
    fix=_FIX,
    sample=Sample(
        (
            ("Bulan", "Pengunjung di tempat", "Peminjaman"),
            *((f"{month} 2024", 500 + n, 80 + n) for n, month in enumerate(_MONTHS[:6])),
            ("Juli 2024", 83, 505),
        )
    ),
)
SWAPPED_ROWS = Rule(
    "E-SWAPPED-ROWS",
    condition=msg("A figure fits another library's row, and the other's fits here."),
    message=msg("{label} is {value}, where {usual} is usual, and would fit the row of {other_library}: swapped?"),
    fix=_FIX,
    sample=Sample(
        (
            ("Perpustakaan", "Bulan", "Pengunjung di tempat"),
            *(("Tangkum", f"{month} 2024", 500 + n) for n, month in enumerate(_MONTHS[:6])),
            *(("Pangkan", f"{month} 2024", 80 + n) for n, month in enumerate(_MONTHS[:6])),
            ("Tangkum", "Juli 2024", 83),
            ("Pangkan", "Juli 2024", 505),
        ),
        title="Data",
    ),
)

SLIPS = (
    TOO_MANY_ZEROS, TOO_FEW_ZEROS, LOST_THOUSANDS, OTHER_UNIT, CUMULATIVE, NOT_CUMULATIVE, ALL_CUMULATIVE,
    SWAPPED_COLUMNS, SWAPPED_ROWS,
)  # fmt: skip
