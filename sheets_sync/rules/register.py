"""Rules about the register: which of its rows are libraries, what they are called, and what is said of them."""

from sheets_sync.model import msg
from sheets_sync.rules.rule import ANSWER, Rule, Sample

_TAB = "Perpustakaan"

HEADER = Rule(
    "F-REGISTER",
    condition=msg("The register has no column for the libraries' names."),
    message=msg("No table with the libraries was found on the tab “{typed}”."),
    fix=msg("Please give it a header row with at least the column {example}."),
    example="Nama",
    sample=Sample((("Desa", "Kecamatan"), ("Tangkum", "Dusun Timur")), title=_TAB),
)
NAME = Rule(
    "F-REGISTER-NAME",
    condition=msg("A row of the register has no name."),
    message=msg("This row of the register has no name, so the library is not known yet."),
    fix=msg("Please type the name of the library, for example {example}."),
    example="Perpustakaan Desa Tangkum",
    sample=Sample((("Kode", "Nama"), ("T", None)), title=_TAB),
)
TWICE = Rule(
    "F-REGISTER-TWICE",
    condition=msg("Two libraries of the register answer to the same name."),
    message=msg("“{typed}” stands for more than one library: {libraries}."),
    fix=msg("Please give each library names and aliases of its own."),
    sample=Sample((("Kode", "Nama"), ("T", "Tangkum"), ("P", "Tangkum")), title=_TAB),
)
CODE = Rule(
    "W-REGISTER-CODE",
    condition=msg("A library of the register has neither a code nor an NPP."),
    message=msg("{typed} has neither a code nor an NPP and is known by its name."),
    fix=msg("Please give it a code that stays when the name changes, for example {example}."),
    example="PD-001",
    sample=Sample((("Kode", "Nama"), (None, "Tangkum")), title=_TAB),
)
BAD_CODE = Rule(
    "F-CODE",
    condition=msg("A code or NPP of the register is not one short plain word."),
    message=msg("“{typed}” can't be a library's code or NPP, so the library goes without it for now."),
    fix=msg("Please use letters, digits, dots and hyphens only, at most 40 of them, for example {example}."),
    example="PD-001",
    sample=Sample((("Kode", "Nama"), ("PD 001 (baru)", "Tangkum")), title=_TAB),
)
SAME_CODE = Rule(
    "F-CODE-TWICE",
    condition=msg("A code or NPP of the register stands at two libraries."),
    message=msg("“{typed}” is already the code or NPP of {other}, so {name} goes without it for now."),
    fix=msg("Please give each library a code and an NPP of its own; one that is not known is left empty."),
    sample=Sample((("NPP", "Nama"), ("6213013D0000001", "Tangkum"), ("6213013D0000001", "Pangkan")), title=_TAB),
)
CHANGED = Rule(
    "E-REGISTER-CHANGED",
    condition=msg("The code, NPP or name of a library in the register is another one than before."),
    message=msg(
        "This row was known as {was} and now says {now}; its figures and reports go on as those of the same library."
    ),
    fix=msg("If that is right, please say so {place}; a new library gets a row of its own.", place=ANSWER),
    sample=Sample((("Kode", "Nama"), ("T", "Tangkum Raya")), title=_TAB, known_as="Tangkum"),
)
LINES = Rule(
    "W-REGISTER-LINES",
    condition=msg("Lines of the register are no libraries: numbering, sections, totals, signatures."),
    message=msg("These lines of the register are not taken for libraries: {typed}."),
    fix=msg("If one of them is a library, please give it a code."),
    sample=Sample((("Kode", "Nama"), ("T", "Tangkum"), (None, "Jumlah")), title=_TAB),
)
OFFICIAL_SCORE = Rule(
    "F-OFFICIAL",
    condition=msg("The official score of the register is no number from 0 to 10."),
    message=msg("“{typed}” is no official score: it goes from 0 to 10."),
    fix=msg("Please copy it from SIM, for example {example}; leave it empty if there is none."),
    example="7,72",
    sample=Sample((("Kode", "Nama", "Skor SIM"), ("T", "Tangkum", 77.2)), title=_TAB),
)
VALUE = Rule(
    "F-REGISTER-VALUE",
    condition=msg("A figure, year or date of the register can't be read."),
    message=msg("“{typed}” in the column {column} can't be read."),
    fix=msg("Please type it like {example}."),
    sample=Sample((("Kode", "Nama", "Penduduk"), ("T", "Tangkum", "sekitar 900")), title=_TAB),
)

LEFT = Rule(
    "W-REGISTER-LEFT",
    condition=msg("The row of a library is no longer in the register."),
    message=msg("No longer in the register, so without score, reminder and report: {typed}."),
    fix=msg(
        "If a library has closed, please write its row back with a date in the column “Aktif sampai”; if the row was "
        "deleted by mistake, File, Version history brings it back."
    ),
    sample=Sample((("Kode", "Nama"), ("T", "Perpustakaan Desa Tangkum")), title=_TAB, stood=2),
)
MANY_LEFT = Rule(
    "E-REGISTER-LEFT",
    condition=msg("Most libraries are no longer in the register at once."),
    message=msg("{count} of {all} libraries are no longer in the register: {typed}. Until somebody answers they stay."),
    fix=msg("Please bring the rows back (File, Version history), or tell us the reason in the list of questions."),
    sample=Sample((("Kode", "Nama"), ("T", "Perpustakaan Desa Tangkum")), title=_TAB, stood=4),
)

REGISTER = (HEADER, NAME, TWICE, CODE, BAD_CODE, SAME_CODE, CHANGED, LEFT, MANY_LEFT, LINES, OFFICIAL_SCORE, VALUE)
