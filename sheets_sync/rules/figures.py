"""Rules about figures that were read: what does not fit together, what differs from before, what needs a reason."""

from datetime import date

from sheets_sync.model import msg
from sheets_sync.rules.rule import ANSWER, Rule, Sample

_MONTHS = ("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus")
_REASON = msg("If it is right, please type the reason {place}; if not, correct the figure.", place=ANSWER)


def _months(heading: str, *figures: float) -> Sample:
    rows = zip(_MONTHS, figures, strict=False)
    return Sample((("Bulan", heading), *((f"{month} 2024", figure) for month, figure in rows)))


def _two_libraries(*figures: tuple[float, ...]) -> Sample:
    rows = [
        (library, f"{month} 2024", value)
        for library, values in zip(("Tangkum", "Pangkan"), figures, strict=True)
        for month, value in zip(_MONTHS, values, strict=False)
    ]
    return Sample((("Perpustakaan", "Bulan", "Peminjaman"), *rows), title="Data")


TWICE = Rule(
    "F-TWICE",
    condition=msg("A library's month stands in two places with different figures."),
    message=msg("{month} stands in more than one place with different figures ({places})."),
    fix=msg("Please keep the right one and delete the other."),
    sample=Sample((("Bulan", "Pengunjung di tempat"), ("Januari 2024", 10), ("Januari 2024", 12))),
)
SAME_TWICE = Rule(
    "W-TWICE",
    condition=msg("A library's month stands in two places with the same figures."),
    message=msg("{month} stands in more than one place ({places}); the figures are the same and count once."),
    fix=msg("Please delete one of them."),
    sample=Sample((("Bulan", "Pengunjung di tempat"), ("Januari 2024", 10), ("Januari 2024", 10))),
)
PEOPLE_WITHOUT_EVENT = Rule(
    "F-PEOPLE",
    condition=msg("There are participants but no activities."),
    message=msg("{people_label} is {people}, but {events_label} is 0."),
    fix=msg("Please enter the activities as well, or set the participants to 0."),
    sample=Sample((("Bulan", "Kegiatan", "Peserta"), ("Januari 2024", 0, 25))),
)
SUM = Rule(
    "F-SUM",
    condition=msg("A total differs from the sum of its parts."),
    message=msg("{label} is {total}, but {parts} add up to {sum}."),
    fix=msg("Please correct the figure that is wrong."),
    sample=Sample(
        (
            ("Bulan", "Pengunjung di tempat", "Pengunjung daring", "Total pengunjung"),
            ("Januari 2024", 10, 5, 20),
        )
    ),
)
PARTS_ABOVE = Rule(
    "F-PARTS",
    condition=msg("Some parts of a total, as women among the participants, are more than the total."),
    message=msg("{label} is {total}, but {parts} alone are {sum}."),
    fix=msg("Please correct the figure that is wrong."),
    sample=Sample((("Bulan", "Peserta", "Peserta perempuan"), ("Januari 2024", 30, 45))),
)
PART_MISSING = Rule(
    "E-PART",
    condition=msg("Some parts of a total are given and some are empty."),
    message=msg("{label} is {total}, but of its parts only {parts} are filled in ({sum}); {missing} are empty."),
    fix=msg("Please fill in the empty ones, too; 0 if there were none."),
    sample=Sample((("Bulan", "Peserta", "Peserta perempuan", "Peserta laki-laki"), ("Januari 2024", 30, 18, None))),
)
WHOLE_MISSING = Rule(
    "E-WHOLE",
    condition=msg("Parts of a total are given, the total is empty."),
    message=msg("{parts} are filled in ({sum} together), but {label} is empty."),
    fix=msg("Please fill in the total, too."),
    sample=Sample((("Bulan", "Peserta", "Peserta perempuan", "Peserta laki-laki"), ("Januari 2024", None, 18, 12))),
)
UNDIVIDED = Rule(
    "E-UNDIVIDED",
    condition=msg("A total is given without its parts, where the office wants them."),
    message=msg("{label} is {total}, but not yet divided by {by}."),
    fix=msg("Please fill in the parts, too."),
    sample=Sample((("Bulan", "Anggota baru"), ("Januari 2024", 30))),
)
EVENT_WITHOUT_PEOPLE = Rule(
    "E-NOBODY",
    condition=msg("There are activities but no participants."),
    message=msg("{events_label} is {events}, but {people_label} is 0."),
    fix=msg("Please enter how many people came. {reason}", reason=_REASON),
    sample=Sample((("Bulan", "Kegiatan", "Peserta"), ("Januari 2024", 3, 0))),
)
PEOPLE_PER_EVENT = Rule(
    "E-PER-EVENT",
    condition=msg("The participants per activity are unusually few or many."),
    message=msg("{people_label} {people} in {events} × {events_label} are {ratio} each; usual are {low} to {high}."),
    fix=_REASON,
    sample=Sample((("Bulan", "Kegiatan", "Peserta"), ("Januari 2024", 2, 900))),
)
PART_ABOVE_WHOLE = Rule(
    "E-ABOVE",
    condition=msg("A part is larger than the whole, like computer users than visits or members than people."),
    message=msg("{label} is {figure}, more than {whole_label} ({whole})."),
    fix=_REASON,
    sample=Sample((("Bulan", "Pengunjung di tempat", "Pengguna komputer"), ("Januari 2024", 10, 25))),
)
FELL = Rule(
    "E-FELL",
    condition=msg("Members or the collection became fewer."),
    message=msg("{label} fell from {before} to {figure}."),
    fix=_REASON,
    sample=_months("Jumlah anggota", 120, 80),
)
CHANGE = Rule(
    "E-CHANGE",
    condition=msg(
        "A figure differs by more than a factor from the median of the months before, at the start of those around."
    ),
    message=msg("{label} is {figure}; {when} it was about {usual}."),
    fix=_REASON,
    sample=_months("Pengunjung di tempat", 100, 110, 90, 105, 95, 100, 480),
)
LOW = Rule(
    "E-LOW",
    condition=msg("A zero or a very small figure stands among large ones."),
    message=msg("{labels}: {values}, where about {usual} is usual in the months around."),
    fix=msg(
        "If the library was closed or nothing happened, please say so {place}; if it is not known yet, please leave the "
        "cell blank; else correct the figure.",
        place=ANSWER,
    ),
    sample=_months("Pengunjung di tempat", 912, 955, 921, 0, 940, 933),
)
SAME = Rule(
    "E-SAME",
    condition=msg("A large figure is the same in three months running."),
    message=msg("{labels}: {values} in every month from {first} to {last}."),
    fix=_REASON,
    sample=_months("Pengunjung di tempat", 912, 877, 877, 877, 930),
)
SPREAD = Rule(
    "E-SPREAD",
    condition=msg("Quarter after quarter all months have one figure."),
    message=msg(
        "{labels}: {values} in every month from {first} to {last}, and each quarter has a figure of its own: was a "
        "quarter's figure spread over its months?"
    ),
    fix=msg(
        "If so, please enter what happened in each month; a figure that is only known for the quarter is typed in its "
        "last month, the others stay blank. If it is right, please type the reason {place}.",
        place=ANSWER,
    ),
    sample=_months("Pengunjung di tempat", 912, 912, 912, 877, 877, 877, 930, 930),
)
BALANCE = Rule(
    "E-BALANCE",
    condition=msg("Members are not those of the month before, with the new ones, without those who left."),
    message=msg("{label} is {value}, but {before} before, {gains} new and {losses} who left make {expected}."),
    fix=_REASON,
    sample=Sample(
        (
            ("Bulan", "Jumlah anggota", "Anggota baru", "Anggota keluar"),
            ("Januari 2024", 120, 4, 0),
            ("Februari 2024", 150, 5, 2),
        )
    ),
)
BALANCE_UNKNOWN = Rule(
    "E-BALANCE-NEW",
    condition=msg("Members are more than those of the month before with the new ones, or no more though some are new."),
    message=msg("{label} is {value}, but {before} before and {gains} new make {expected}."),
    fix=_REASON,
    sample=Sample(
        (("Bulan", "Jumlah anggota", "Anggota baru"), ("Januari 2024", 120, 4), ("Februari 2024", 150, 5)),
    ),
)
COMMON_FALL = Rule(
    "E-COMMON-FALL",
    condition=msg("Figures of most libraries are zero or far below the usual in the same months."),
    message=msg("{months}: {labels} zero or far below the usual at {count} of {total} libraries."),
    fix=msg(
        "If there is one cause (a closure, a flood, a holiday), please type it {place}; the libraries are not asked. If "
        "not, please check the figures with them.",
        place=ANSWER,
    ),
    sample=_two_libraries((4000, 4100, 3900, 0, 4, 3500, 4050), (2000, 2100, 1900, 0, 19, 1700, 2050)),
)
COMMON_RISE = Rule(
    "E-COMMON-RISE",
    condition=msg("Figures of most libraries are far above the usual in the same months."),
    message=msg("{months}: {labels} far above the usual at {count} of {total} libraries."),
    fix=msg(
        "If there is one cause (an event, a new way of counting), please type it {place}; the libraries are not asked. "
        "If not, please check the figures with them.",
        place=ANSWER,
    ),
    sample=_two_libraries((400, 410, 390, 405, 1900, 410, 395), (200, 210, 190, 205, 950, 210, 195)),
)
COPIED = Rule(
    "E-COPIED",
    condition=msg("Three or more figures equal those of the month before, more than may happen by accident."),
    message=msg("{count} figures are the same as in {before}: {labels}."),
    fix=msg("Please check whether the month before was copied. {reason}", reason=_REASON),
    sample=Sample(
        (
            ("Bulan", "Pengunjung di tempat", "Peminjaman", "Peserta"),
            ("Januari 2024", 123, 45, 67),
            ("Februari 2024", 123, 45, 67),
        )
    ),
)
OPEN_DAYS = Rule(
    "E-DAYS",
    condition=msg("A library was open on more days than the month has."),
    message=msg("{label} is {figure}, but {month} has {days} days."),
    fix=msg("Please correct the figure."),
    sample=_months("Hari buka", 40),
)
ALL_ZERO = Rule(
    "E-ALL-ZERO",
    condition=msg("Every figure of a month is zero."),
    message=msg("Everything in {month} is zero."),
    fix=msg("If the library was closed, please say so {place}; what is not known yet is left blank.", place=ANSWER),
    sample=Sample((("Bulan", "Pengunjung di tempat", "Peminjaman", "Peserta"), ("Januari 2024", 0, 0, 0))),
)
OLD_POPULATION = Rule(
    "E-POPULATION",
    condition=msg("The population of the register is older than three years."),
    message=msg("The population of {library_name} ({figure}) is of {year}."),
    fix=msg("Please add a newer figure with its year and source to the register."),
    sample=Sample(
        (("Kode", "Nama", "Penduduk", "Tahun"), ("T", "Perpustakaan Desa Tangkum", 900, 2019)), title="Perpustakaan"
    ),
)
NO_POPULATION = Rule(
    "E-NO-POPULATION",
    condition=msg("The register gives no population for a library whose score is measured per inhabitant."),
    message=msg("The register gives no population for {library_name}, so nothing per inhabitant can be calculated."),
    fix=msg("Please add it to the register, with its year and source."),
    sample=Sample(
        (("Kode", "Nama", "Penduduk", "Tahun"), ("T", "Perpustakaan Desa Tangkum", None, None)), title="Perpustakaan"
    ),
)
ROUND = Rule(
    "W-ROUND",
    condition=msg("Every figure of a month is a multiple of 100."),
    message=msg("Every figure in {month} is a multiple of {round_to}."),
    fix=msg("If they are estimates, please count next month."),
    sample=Sample((("Bulan", "Pengunjung di tempat", "Peminjaman", "Peserta"), ("Januari 2024", 300, 200, 100))),
)
LATE = Rule(
    "W-LATE",
    condition=msg("A month's figures came after the due date."),
    message=msg("{month} was due on {due} and came on {came}."),
    fix=msg("Thank you; next time a few days earlier helps the whole regency."),
    sample=Sample((("Bulan", "Pengunjung di tempat"), ("Januari 2024", 10)), came=date(2024, 2, 20)),
)

FIGURES = (
    TWICE, SAME_TWICE, PEOPLE_WITHOUT_EVENT, SUM, PARTS_ABOVE, PART_MISSING, WHOLE_MISSING, UNDIVIDED, EVENT_WITHOUT_PEOPLE, PEOPLE_PER_EVENT, PART_ABOVE_WHOLE, FELL,
    CHANGE, LOW, SAME, SPREAD, BALANCE, BALANCE_UNKNOWN, COMMON_FALL, COMMON_RISE, COPIED, OPEN_DAYS, ALL_ZERO, OLD_POPULATION, NO_POPULATION, ROUND, LATE,
)  # fmt: skip
