"""The forms of an office: its register, and the tabs in which libraries type their months."""

from __future__ import annotations

from collections.abc import Sequence

from sheets_sync.config.office import Element, ElementKind, Elements, Office, Reading
from sheets_sync.i18n import Language
from sheets_sync.intake.options import Inputs
from sheets_sync.model import Library, Message, Period, column_letters, msg
from sheets_sync.model.text import fold
from sheets_sync.rekap.questions import CELL, STATUS, Status, status_word
from sheets_sync.setup.form import EntryForm, FormColumn, FormEntry

MONTHS = 12
REQUIRED_MARK = "*"  # behind a heading; headings are recognised with it
_REGISTER_ROWS, _ROWS_FOR_ALL = 300, 1000

# The register's columns: the field of `RegisterNames` it is read by, its title, what is typed, its width, its note.
_REGISTER: tuple[tuple[str, Message, FormEntry, int, Message], ...] = (
    ("code", msg("Code"), FormEntry.TEXT, 130, msg("The office's own code, where the library has no NPP. It never changes.")),
    ("npp", msg("NPP"), FormEntry.TEXT, 170, msg("Nomor Pokok Perpustakaan, as it is written: 6213013B0000001.")),
    ("name", msg("Name"), FormEntry.TEXT, 220, msg("The library's name, as reports show it.")),
    ("aliases", msg("Aliases"), FormEntry.TEXT, 180, msg("Other spellings, with semicolons between: Perpusdes Tangkum; Tangkum.")),
    ("tab", msg("Tab"), FormEntry.TEXT, 120, msg("The tab its figures are typed in, if it has another name.")),
    ("kind", msg("Kind"), FormEntry.CHOICE, 110, msg("Targets may differ by kind of library.")),
    ("district", msg("District"), FormEntry.TEXT, 140, msg("Kecamatan.")),
    ("population", msg("Population"), FormEntry.NUMBER, 100, msg("Inhabitants of the village. A further row of the same library adds another year.")),
    ("population_year", msg("Year"), FormEntry.TEXT, 70, msg("The year of that figure: 2023.")),
    ("population_source", msg("Source"), FormEntry.TEXT, 150, msg("Where the figure is from: BPS, Kecamatan Dalam Angka.")),
    ("pic", msg("Contact"), FormEntry.TEXT, 150, msg("Who fills in the figures.")),
    ("emails", msg("E-mail"), FormEntry.TEXT, 200, msg("Where the monthly report goes.")),
    ("whatsapp", msg("WhatsApp"), FormEntry.TEXT, 140, msg("For reminders: 0812-3456-7890.")),
    ("active_since", msg("Active since"), FormEntry.DATE, 100, msg("Empty: always.")),
    ("active_until", msg("Active until"), FormEntry.DATE, 100, msg("Empty: still active. A library that closed keeps its row.")),
    ("official_score", msg("SIM score"), FormEntry.NUMBER, 80, msg("The official score, typed in from SIM; shown beside the internal one.")),
    ("official_period", msg("SIM period"), FormEntry.TEXT, 110, msg("The period of that score.")),
)  # fmt: skip


def register_form(office: Office, inputs: Inputs, kinds: Sequence[str], t: Language) -> EntryForm:
    """The register, its columns called so that they are recognised."""
    help_text = t("Please type a number only, like {example}.", example="1250")
    columns = tuple(
        FormColumn(
            _title(field, title, inputs, t), entry, width, t(note), help_text, tuple(kinds) if field == "kind" else ()
        )
        for field, title, entry, width, note in _REGISTER
    )
    return EntryForm(office.tabs.libraries, columns, _REGISTER_ROWS, frozen_columns=0)


def _title(field: str, title: Message, inputs: Inputs, t: Language) -> str:
    """Our title, unless the configuration reads that column by other names only."""
    names = getattr(inputs.register_columns, field)
    return t(title) if t(title).casefold() in {name.casefold() for name in names} else str(names[0])


def library_form(
    library: Library, office: Office, elements: Elements, inputs: Inputs, first: Period, t: Language
) -> EntryForm:
    """A library's own tab, with the twelve months begun."""
    title = library.tab or library.name
    months = tuple(t.month(first + number) for number in range(MONTHS))
    columns = (_month(inputs, months, t), *_elements(elements, (library.kind,), t), _note(inputs, t))
    return EntryForm(
        title,
        columns,
        MONTHS,
        tuple((month,) for month in months),
        1,
        highlight(office, title, t),
        library.code,
        current=this_month(),
        also=(library.name, *library.aliases, f"{library.name} {first.year}"),
    )


def form_for_all(
    office: Office, elements: Elements, inputs: Inputs, libraries: Sequence[Library], first: Period, t: Language
) -> EntryForm:
    """One tab for all, where very many libraries are registered."""
    title = t("Entries {year}", year=str(first.year))
    months = tuple(t.month(first + number) for number in range(MONTHS))
    kinds = sorted({library.kind for library in libraries})
    columns = (_library(office, inputs, t), _month(inputs, months, t), *_elements(elements, kinds, t), _note(inputs, t))
    length = max(_ROWS_FOR_ALL, MONTHS * len(libraries))
    return EntryForm(title, columns, length, frozen_columns=2, highlight=highlight(office, title, t), library="")


def _library(office: Office, inputs: Inputs, t: Language) -> FormColumn:
    """The library, to be chosen from the register; where that is kept elsewhere, to be typed."""
    title = _recognised(t("Library"), inputs.columns.library)
    note = t("The library's name, as in the register.")
    if office.register_workbook:
        return FormColumn(title, width=190, note=note)
    name = column_letters([field for field, *_ in _REGISTER].index("name"))
    names = f"='{office.tabs.libraries}'!${name}$2:${name}${_REGISTER_ROWS + 1}"
    return FormColumn(title, FormEntry.LOOKUP, 190, note, note, (names,))


def _month(inputs: Inputs, months: tuple[str, ...], t: Language) -> FormColumn:
    return FormColumn(
        _recognised(t("Month"), inputs.columns.month), FormEntry.CHOICE, 145, t("A row for each month."), choices=months
    )


def _note(inputs: Inputs, t: Language) -> FormColumn:
    text = t("Anything the office should know; it also answers the questions about this row.")
    return FormColumn(_recognised(t("Note"), inputs.columns.note), width=260, note=text)


def _recognised(title: str, names: Sequence[str]) -> str:
    """The title if it is one of the names by which the column is read, else the first of them."""
    return title if title.casefold() in {name.casefold() for name in names} else names[0]


def _elements(elements: Elements, kinds: Sequence[str], t: Language) -> list[FormColumn]:
    """A column for each element that is reported every month, those that must be filled in first; parts behind their whole."""
    monthly = [element for element in elements.elements if element.kind is not ElementKind.REFERENCE]
    return [
        _element(element, t, required=_asked(element, kinds))
        for whole in sorted(
            (element for element in monthly if element.id not in elements.whole_of),
            key=lambda element: not _asked(element, kinds),
        )
        for element in (whole, *(elements[part] for division in whole.divided for part in division.ids))
    ]


def _asked(element: Element, kinds: Sequence[str]) -> bool:
    """Whether a library of one of these kinds must fill it in."""
    return any(map(element.required_for, kinds))


def _element(element: Element, t: Language, *, required: bool) -> FormColumn:
    label, example = element.label.in_(t.code), example_of(element, t)
    lines = [_named(label, element.unit.in_(t.code)), *([element.help.in_(t.code)] if element.help else ())]
    if element.kind is ElementKind.STOCK and not element.help:
        lines.append(t("As it stands at the end of the month."))
    lines.append(t("Example: {example}. None: type 0. Not known yet: leave it empty.", example=example))
    if required:
        lines.insert(1, t("Please fill it in every month (*)."))
    help_text = t("Please type a number only, like {example}.", example=example)
    entry = FormEntry.TEXT if element.reading is Reading.HOURS else FormEntry.NUMBER
    return FormColumn(marked(label) if required else label, entry, 105, "\n".join(lines), help_text)


def marked(label: str) -> str:
    """A heading that must be filled in; the mark never stands on a line of its own."""
    return f"{label}\N{NO-BREAK SPACE}{REQUIRED_MARK}"


def _named(label: str, unit: str) -> str:
    """The label with its unit, which some labels name themselves."""
    return label if not unit or fold(unit) in fold(label) else f"{label} ({unit})"


def example_of(element: Element, t: Language) -> str:
    """A right entry of an element."""
    return (
        element.example
        or {Reading.COUNT: "125", Reading.DECIMAL: t.number(7.5), Reading.HOURS: "08.00-16.00"}[element.reading]
    )


def this_month() -> str:
    """A formula that holds in the row of the month that is waited for now, the last one that ended: the month stands first.

    Month names come in the language of the workbook's locale, as those of the drop-down do.
    """
    return '=$A2=TEXT(EDATE(TODAY();-1);"mmmm yyyy")'


def highlight(office: Office, title: str, t: Language) -> str:
    """A formula that holds in a cell about which a question is open, for the cell below the first head.

    Arguments are parted by semicolons, which every locale of Sheets understands.
    """
    tab = office.tabs.questions.replace("'", "''").replace('"', '""')
    cells, states = (f"INDIRECT(\"'{tab}'!{letter}:{letter}\")" for letter in map(column_letters, (CELL, STATUS)))
    name = title.replace('"', '""')
    word = status_word(Status.OPEN, t)
    return f'=COUNTIFS({cells};"{name}!"&ADDRESS(ROW();COLUMN();4);{states};"{word}")>0'
