"""Rules about where a value stands: its tab, row, column, month and library."""

from sheets_sync.model import msg
from sheets_sync.rules.rule import Rule, Sample

_VISITS = "Pengunjung di tempat"
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
TWO_YEARS = Rule(
    "F-TWO-YEARS",
    condition=msg("The month of a row says another year than the column for the year."),
    message=msg("“{typed}” stands beside the year {year}, so the figures beside it are not counted yet."),
    fix=msg("Please correct the one that is wrong."),
    sample=Sample((("Tahun", *_HEADER), (2023, "Januari 2024", 10), (2024, "Februari 2024", 12))),
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
LIBRARIES_ACROSS = Rule(
    "F-LIBRARY-HEADING",
    condition=msg("Headings name other libraries than the one that the rows are of."),
    message=msg("These headings name libraries: {typed}. Nothing under them is counted, because the rows don't."),
    fix=msg("Please give each library rows or a tab of its own."),
    sample=Sample((("Bulan", "Tangkum", "Pangkan"), (None, _VISITS, "Anggota baru"), ("Januari 2024", 10, 12))),
)
PARTS = Rule(
    "F-PARTS",
    condition=msg("Under a heading stand only parts that no element is counted in, and no total."),
    message=msg(
        "These columns hold parts of a figure, and the whole of it stands nowhere: {typed}. Nothing is counted."
    ),
    fix=msg("Please add a column with the total under the same heading, for example {example}."),
    example="Jumlah",
    sample=Sample((("Bulan", "Pengunjung", None), (None, "Dewasa", "Anak-anak"), ("Januari 2024", 10, 4))),
)
PART_ROWS = Rule(
    "F-PART-ROWS",
    condition=msg(
        "Below or beside an element stand rows with parts of it that no element is counted in, or rows below a title that "
        "names some of the people only (`A. Anak-anak`), and no total."
    ),
    message=msg("These rows hold parts of a figure, and the whole of it stands nowhere: {typed}. Nothing is counted."),
    fix=msg("Please add a row with the total, for example {example}."),
    example="Jumlah",
    sample=Sample(
        (("Uraian", None, "Jan 2024", "Feb 2024", "Mar 2024"), (_VISITS, "L", 1, 2, 3), (None, "P", 4, 5, 6)),
    ),
)
TOLD_APART = Rule(
    "F-TOLD-APART",
    condition=msg("Several rows are for one month or library, and another column tells them apart (weeks, branches)."),
    message=msg(
        "Several rows are for the same, told apart as {typed}. It is not clear whether they are to be added up."
    ),
    fix=msg("Please give each month one row with the whole figure, or add a row named {example} to them."),
    example="Jumlah",
    sample=Sample((("Bulan", "Minggu", _VISITS), ("Januari 2024", "I", 10), ("Januari 2024", "II", 12))),
)
TAB = Rule(
    "F-TAB",
    condition=msg("A tab holds figures, but its library is not known."),
    message=msg("It is not clear which library the tab “{typed}” belongs to, so its figures are not counted yet."),
    fix=msg("Please give the tab the library's name, or ask the office to note the tab in the register."),
    sample=Sample((_HEADER, ("Januari 2024", 10)), title="Data"),
)
TAB_FAILED = Rule(
    "F-TAB-FAILED",
    condition=msg("The program itself fails on a tab."),
    message=msg("The tab “{typed}” could not be read, because the program failed on it; nothing on it is counted."),
    fix=msg("Please tell the office, which can find the reason in the program's log."),
)
TAB_LARGE = Rule(
    "F-TAB-LARGE",
    condition=msg("A tab holds more cells than can be read in good time."),
    message=msg(
        "{count} cells stand on the tab “{typed}”, more than are read of one tab ({most}); nothing on it is counted."
    ),
    fix=msg("Please give each year a tab of its own, or move what is no report to another workbook."),
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
TAB_TITLE = Rule(
    "F-TAB-TITLE",
    condition=msg("A tab is called like one library, and the line above its table names another one."),
    message=msg("The tab “{typed}” is {owner}'s by its title, but the line above its table names {other}."),
    fix=msg("Please correct the one that is wrong."),
    sample=Sample((("Perpustakaan Desa Pangkan",), _HEADER, ("Januari 2024", 10))),
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
ROW = Rule(
    "F-ROW",
    condition=msg("A row with figures is not known but looks like a known one, or is the total of rows nobody knows."),
    message=msg("The row “{typed}” is not known, so its figures are not counted yet."),
    fix=msg("Please rename the row, or ask the office to add its name as an alias."),
    sample=Sample((("Uraian", "Jan 2024", "Feb 2024", "Mar 2024"), (_VISITS, 1, 2, 3), ("Angota baru", 4, 5, 6))),
)
EXTRA_ROW = Rule(
    "W-EXTRA-ROW",
    condition=msg("A row with an unknown name was ignored."),
    message=msg("Rows that are not counted: {typed}."),
    fix=msg("Nothing to do if they are your own notes."),
    sample=Sample((("Uraian", "Jan 2024", "Feb 2024", "Mar 2024"), (_VISITS, 1, 2, 3), ("Cuaca", 4, 5, 6))),
)
WHICH_ELEMENT = Rule(
    "F-ELEMENT",
    condition=msg("A tab has libraries down and months across, and nothing says what is counted."),
    message=msg("On the tab “{typed}” stand figures of libraries and months, but not of what; none is counted yet."),
    fix=msg("Please write it in the line above the table or in the tab's title, for example {example}."),
    example=_VISITS,
    sample=Sample((("Perpustakaan", "Jan 2024", "Feb 2024", "Mar 2024"), ("Tangkum", 1, 2, 3)), title="Data"),
)
NUMERALS = Rule(
    "F-NUMERALS",
    condition=msg("Headings I, II, III may be months, weeks or quarters."),
    message=msg("“{typed}” may be months, but also weeks or quarters, so nothing under them is counted yet."),
    fix=msg("Please type the months' names, for example {example}."),
    example="Januari",
    sample=Sample((("Uraian", "I", "II", "III"), (_VISITS, 1, 2, 3)), title="Tangkum 2024"),
)
TAB_YEAR = Rule(
    "E-TAB-YEAR",
    condition=msg("The months of a tab say another year than its title or setting."),
    message=msg("The months here say {months}, the tab says {year}. They are counted as the months say."),
    fix=msg("Please correct the year in the one that is wrong."),
    sample=Sample(
        (("Perpustakaan", f"{_VISITS} Apr 2023", f"{_VISITS} Mei 2023"), ("Tangkum", 1, 2)), title="Data 2024"
    ),
)

PLACES = (
    MONTH, MONTHS, NO_MONTH, NO_DATE, LOG_GAP, NO_YEAR, YEAR, TWO_YEARS, OTHER_YEAR, FUTURE, LIBRARY, NO_LIBRARY, HEADING, SAME_HEADING, LIBRARIES_ACROSS, PARTS, PART_ROWS, TOLD_APART, TAB,
    TAB_FAILED, TAB_LARGE, TAB_COPY, TAB_MOVED, TAB_TITLE, ALIAS, EXTRA_COLUMN, ROW, EXTRA_ROW, WHICH_ELEMENT, NUMERALS, TAB_YEAR,
)  # fmt: skip
