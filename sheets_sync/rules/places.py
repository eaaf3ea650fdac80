"""Rules about where a value stands: its tab, row, column, month and library, and the register."""

from sheets_sync.model import msg
from sheets_sync.rules.rule import ANSWER, Rule, Sample

_VISITS = "Pengunjung di tempat"
_REGISTER = "Perpustakaan"
_HEADER = ("Bulan", _VISITS)

MONTH = Rule(
    "F-MONTH",
    condition=msg("A row with figures has no month that can be read."),
    message=msg("The month “{typed}” can't be read, so the figures beside it are not counted yet."),
    fix=msg("Please type the month's name, for example {example}."),
    example="Januari",
    sample=Sample((_HEADER, ("Janurai 2024", 10), ("Februari 2024", 12))),
)
MONTHS = Rule(
    "F-MONTHS",
    condition=msg("A row with figures names several months."),
    message=msg("“{typed}” names more than one month, so the figures beside it are not counted yet."),
    fix=msg("Please give each month a row of its own, with that month's figures; the month like {example}."),
    example="Januari",
    sample=Sample((_HEADER, ("Januari - Februari 2024", 10), ("Maret 2024", 12))),
)
NO_MONTH = Rule(
    "F-NO-MONTH",
    condition=msg("A row with figures names no month."),
    message=msg("No month is named beside these figures, so they are not counted yet."),
    fix=msg("Please type the month's name, for example {example}."),
    example="Januari",
    sample=Sample((_HEADER, (None, 10), ("Februari 2024", 12))),
)
NO_DATE = Rule(
    "F-NO-DATE",
    condition=msg("An event of the activity log has no date."),
    message=msg("No date is typed beside this event, so it is not counted yet."),
    fix=msg("Please type the day, for example {example}."),
    example="8 November 2024",
    sample=Sample((("Tanggal", "Jenis kegiatan", "Peserta"), ("8/1/2024", "Mendongeng", 20), (None, "Lomba", 30))),
)
LOG_GAP = Rule(
    "W-LOG-GAP",
    condition=msg("Some events of a month have no figure, while others do."),
    message=msg("{label} is missing for {count} event(s) in {month}, so the sum may be too low."),
    fix=msg("Please enter it if it is known."),
    sample=Sample((("Tanggal", "Jenis kegiatan", "Peserta"), ("8/1/2024", "Mendongeng", 20), ("9/1/2024", "Lomba"))),
)
NO_YEAR = Rule(
    "F-NO-YEAR",
    condition=msg("No year is known for a month with figures."),
    message=msg("“{typed}” has no year, so the figures beside it are not counted yet."),
    fix=msg("Please add the year to the month ({example}), to the tab's title, or in a column for the year."),
    example="Januari 2024",
    sample=Sample((_HEADER, ("Januari", 10), ("Februari", 12))),
)
YEAR = Rule(
    "F-YEAR",
    condition=msg("What stands in a row's year column is no year."),
    message=msg("“{typed}” is no year that can be read, so the figures beside it are not counted yet."),
    fix=msg("Please type the year in four digits, for example {example}."),
    example="2024",
    sample=Sample((("Tahun", *_HEADER), (2024, "Januari", 10), ("2024 (?)", "Februari", 12))),
)
OTHER_YEAR = Rule(
    "F-OTHER-YEAR",
    condition=msg("A month is outside the reporting year of its tab or workbook."),
    message=msg("{month} is outside the reporting year of this tab ({year}), so its figures are not counted yet."),
    fix=msg("Please correct the year, or move the row to the tab of its year."),
    sample=Sample((_HEADER, ("Januari 2024", 10)), title="Tangkum 2023"),
)
FUTURE = Rule(
    "F-FUTURE",
    condition=msg("There are figures for a month that has not begun."),
    message=msg("There are figures for {month}, which has not begun yet."),
    fix=msg("Please check the month and the year of the row."),
    sample=Sample((_HEADER, ("Januari 2024", 10), ("Januari 2042", 12))),
)
LIBRARY = Rule(
    "F-LIBRARY",
    condition=msg("A row with figures names a library that is not in the register."),
    message=msg("The library “{typed}” is not in the register, so its figures are not counted yet."),
    fix=msg("Please correct the name, or ask the office to add it to the register (as an alias)."),
    sample=Sample((("Perpustakaan", *_HEADER), ("Tangkam", "Januari 2024", 10), ("Tangkum", "Februari 2024", 12))),
)
NO_LIBRARY = Rule(
    "F-NO-LIBRARY",
    condition=msg("A row with figures names no library."),
    message=msg("No library is named beside these figures, so they are not counted yet."),
    fix=msg("Please type the name of the library in the row, for example {example}."),
    example="Tangkum",
    sample=Sample((("Perpustakaan", *_HEADER), (None, "Januari 2024", 10), ("Tangkum", "Februari 2024", 12))),
)
HEADING = Rule(
    "F-HEADING",
    condition=msg("A heading is not known but looks like a known one."),
    message=msg("The heading “{typed}” is not known, so nothing under it is counted yet."),
    fix=msg("Please rename the heading, or ask the office to add it as an alias."),
    sample=Sample(((*_HEADER, "Angota baru"), ("Januari 2024", 10, 3))),
)
SAME_HEADING = Rule(
    "F-SAME-HEADING",
    condition=msg("Two headings claim the same element."),
    message=msg("These headings mean the same: {typed}. Nothing under them is counted yet."),
    fix=msg("Please rename the one that holds something else, or delete the one too many."),
    sample=Sample((("Bulan", "Kunjungan", "Jumlah kunjungan"), ("Januari 2024", 10, 30))),
)
TAB = Rule(
    "F-TAB",
    condition=msg("A tab holds figures, but its library is not known."),
    message=msg("It is not clear which library the tab “{typed}” belongs to, so its figures are not counted yet."),
    fix=msg("Please give the tab the library's name, or ask the office to note the tab in the register."),
    sample=Sample((_HEADER, ("Januari 2024", 10)), title="Data"),
)
TAB_COPY = Rule(
    "F-TAB-COPY",
    condition=msg("A tab is a copy of another one."),
    message=msg("The tab “{typed}” is a copy, so its figures are not counted."),
    fix=msg("Please delete it, or give it the title of what it is for."),
    sample=Sample((_HEADER, ("Januari 2024", 10)), title="Salinan dari Tangkum"),
)
TAB_MOVED = Rule(
    "F-TAB-MOVED",
    condition=msg("A tab that belonged to one library now has another one's name."),
    message=msg("The tab “{typed}” used to hold the figures of {before} and now names {now}: nothing is counted yet."),
    fix=msg("Please ask the office to note in the register which tab belongs to which library."),
    sample=Sample((_HEADER, ("Januari 2024", 10)), known_as="P"),
)
ALIAS = Rule(
    "W-ALIAS",
    condition=msg("A heading was recognised by an alias."),
    message=msg("Headings recognised by another name: {typed}."),
    fix=msg("Nothing to do if that is right."),
    sample=Sample((("Bulan", "Jumlah pengunjung"), ("Januari 2024", 10))),
)
EXTRA_COLUMN = Rule(
    "W-EXTRA",
    condition=msg("A column with an unknown heading was ignored."),
    message=msg("Columns that are not counted: {typed}."),
    fix=msg("Nothing to do if they are your own notes."),
    sample=Sample(((*_HEADER, "Cuaca"), ("Januari 2024", 10, "hujan"))),
)
NO_TIMESTAMP = Rule(
    "F-NO-TIMESTAMP",
    condition=msg("An answer to a form has no time stamp."),
    message=msg("It is not known when this answer came, so its figures are not counted yet."),
    fix=msg("Please type when it came in the column of the time stamp, for example {example}."),
    example="3/2/2024 9.12",
    sample=Sample((("Stempel waktu", *_HEADER), ("3/2/2024 9.12.44", "Januari 2024", 10), (None, "Januari 2024", 12))),
)
ANSWER_AHEAD = Rule(
    "F-ANSWER-AHEAD",
    condition=msg("An answer to a form is about a month that had not begun when it came."),
    message=msg(
        "This answer came on {came} and is about {month}, which had not begun: its figures are not counted yet."
    ),
    fix=msg("Please correct the month or its year."),
    sample=Sample((("Stempel waktu", *_HEADER), ("3/2/2024 9.12.44", "Desember 2024", 10))),
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
            ("Stempel waktu", *_HEADER),
            ("3/2/2024 9.12.44", "Januari 2024", 10),
            ("4/2/2024 8.01.15", "Januari 2024", 16),
        )
    ),
)
REGISTER_HEADER = Rule(
    "F-REGISTER",
    condition=msg("The register has no column for the libraries' names."),
    message=msg("No table with the libraries was found on the tab “{typed}”."),
    fix=msg("Please give it a header row with at least the column {example}."),
    example="Nama",
    sample=Sample((("Desa", "Kecamatan"), ("Tangkum", "Dusun Timur")), title=_REGISTER),
)
REGISTER_NAME = Rule(
    "F-REGISTER-NAME",
    condition=msg("A row of the register has no name."),
    message=msg("This row of the register has no name, so the library is not known yet."),
    fix=msg("Please type the name of the library, for example {example}."),
    example="Perpustakaan Desa Tangkum",
    sample=Sample((("Kode", "Nama"), ("T", None)), title=_REGISTER),
)
REGISTER_TWICE = Rule(
    "F-REGISTER-TWICE",
    condition=msg("Two libraries of the register answer to the same name."),
    message=msg("“{typed}” stands for more than one library: {libraries}."),
    fix=msg("Please give each library names and aliases of its own."),
    sample=Sample((("Kode", "Nama"), ("T", "Tangkum"), ("P", "Tangkum")), title=_REGISTER),
)
REGISTER_CODE = Rule(
    "W-REGISTER-CODE",
    condition=msg("A library of the register has neither a code nor an NPP."),
    message=msg("{typed} has neither a code nor an NPP and is known by its name."),
    fix=msg("Please give it a code that stays when the name changes, for example {example}."),
    example="PD-001",
    sample=Sample((("Kode", "Nama"), (None, "Tangkum")), title=_REGISTER),
)
REGISTER_BAD_CODE = Rule(
    "F-CODE",
    condition=msg("A code or NPP of the register is not one short plain word."),
    message=msg("“{typed}” can't be a library's code or NPP, so the library goes without it for now."),
    fix=msg("Please use letters, digits, dots and hyphens only, at most 40 of them, for example {example}."),
    example="PD-001",
    sample=Sample((("Kode", "Nama"), ("PD 001 (baru)", "Tangkum")), title=_REGISTER),
)
REGISTER_SAME_CODE = Rule(
    "F-CODE-TWICE",
    condition=msg("A code or NPP of the register stands at two libraries."),
    message=msg("“{typed}” is already the code or NPP of {other}, so {name} goes without it for now."),
    fix=msg("Please give each library a code and an NPP of its own; one that is not known is left empty."),
    sample=Sample((("NPP", "Nama"), ("6213013D0000001", "Tangkum"), ("6213013D0000001", "Pangkan")), title=_REGISTER),
)
REGISTER_CHANGED = Rule(
    "E-REGISTER-CHANGED",
    condition=msg("The code, NPP or name of a library in the register is another one than before."),
    message=msg(
        "This row was known as {was} and now says {now}; its figures and reports go on as those of the same library."
    ),
    fix=msg("If that is right, please say so {place}; a new library gets a row of its own.", place=ANSWER),
    sample=Sample((("Kode", "Nama"), ("T", "Tangkum Raya")), title=_REGISTER, known_as="Tangkum"),
)
REGISTER_LINES = Rule(
    "W-REGISTER-LINES",
    condition=msg("Lines of the register are no libraries: numbering, sections, totals, signatures."),
    message=msg("These lines of the register are not taken for libraries: {typed}."),
    fix=msg("If one of them is a library, please give it a code."),
    sample=Sample((("Kode", "Nama"), ("T", "Tangkum"), (None, "Jumlah")), title=_REGISTER),
)
OFFICIAL_SCORE = Rule(
    "F-OFFICIAL",
    condition=msg("The official score of the register is no number from 0 to 10."),
    message=msg("“{typed}” is no official score: it goes from 0 to 10."),
    fix=msg("Please copy it from SIM, for example {example}; leave it empty if there is none."),
    example="7,72",
    sample=Sample((("Kode", "Nama", "Skor SIM"), ("T", "Tangkum", 77.2)), title=_REGISTER),
)
REGISTER_VALUE = Rule(
    "F-REGISTER-VALUE",
    condition=msg("A figure, year or date of the register can't be read."),
    message=msg("“{typed}” in the column {column} can't be read."),
    fix=msg("Please type it like {example}."),
    sample=Sample((("Kode", "Nama", "Penduduk"), ("T", "Tangkum", "sekitar 900")), title=_REGISTER),
)

PLACES = (
    MONTH, MONTHS, NO_MONTH, NO_DATE, LOG_GAP, NO_YEAR, YEAR, OTHER_YEAR, FUTURE, LIBRARY, NO_LIBRARY, HEADING, SAME_HEADING, TAB,
    NO_TIMESTAMP, ANSWER_AHEAD, ANSWERED_AGAIN, TAB_COPY, TAB_MOVED, ALIAS, EXTRA_COLUMN, REGISTER_HEADER, REGISTER_NAME, REGISTER_TWICE, REGISTER_CODE,
    REGISTER_CHANGED, REGISTER_LINES, REGISTER_BAD_CODE, REGISTER_SAME_CODE, OFFICIAL_SCORE, REGISTER_VALUE,
)  # fmt: skip
