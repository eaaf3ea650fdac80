"""Every character of a cell counts: cases of each kind of fault, with what a careful reader makes of them."""

from __future__ import annotations

import pytest
from cell_cases import Case, cases_of_table, figure, fits, outcome, plain, read_case, text
from grids import Typed, figures, read, rules, tab

from sheets_sync.i18n import language
from sheets_sync.intake import Interpretation
from sheets_sync.model.grid import FormulaError, GridCell, NumberKind
from sheets_sync.rules import entries

ERROR = GridCell(FormulaError("#REF!"), "#REF!")


def refused(field: str, about: str, *typed: str) -> list[Case]:
    return [Case(field, text(each), "refused", None, about) for each in typed]


def empty(field: str, about: str, *typed: str) -> list[Case]:
    return [Case(field, text(each), "empty", None, about) for each in typed]


def values(field: str, about: str, **read: object) -> list[Case]:
    """Cases whose texts are the names: for texts that are no names, see `value`."""
    return [Case(field, text(each), "value", value, about) for each, value in read.items()]


def value(field: str, about: str, read: dict[str, object]) -> list[Case]:
    return values(field, about, **read)


SIGNS = [
    *refused("count", "K1", "33?", "?33", "33 pengunjung!", "~20", "20+", "+20", "*14", "14*", "14 ✓", "=25", "25;", "25/"),
    *refused("count", "K1", "25 orang (sementara)", "25 (?)", "[25]", "“25”", "'25", "25'", '25"', "25,", "25:", "#25", "№ 25"),
    *refused("count", "K1 [participants]", "54 (P)", "54 L", "21 / 33", "21+33", "21 dan 33", "± 54 orang", "54 orang lebih", "<54"),
    *refused("hours", "K1", "7 jam +", "±7", "08.00-16.00*", "08.00-", "-16.00", "08.00-16.00 (?)", "7,5?", "~7 jam", "8.00/16.00"),
    *refused("decimal", "K1", "6,4*", "~6,4", "6,4+", ">6,4", "6,4 %%", "(6,4) ?", "6,4 =", "6,,4", "6,4,", "6.4.", "6,4 ≈"),
    *refused("date", "K1", "8/11/2024?", "8 November 2024 (?)", "~8/11/2024", "8/11/2024*", "[8/11/2024]", "8/11/2024 -"),
    *refused("phone", "K1", "0812-3456-7890?", "0812-3456-7890 (?)", "*0812-3456-7890", "0812-3456-7890 -", "~08123456789"),
    *refused("email", "K1", "lelu@example.org?", "(lelu@example.org", "lelu@example.org (?)", "lelu@example.org!", "*lelu@example.org", "<lelu@example.org"),
    *refused("id", "K1", "PD-001?", "PD-001*", "(PD-001)", "PD-001 (baru)", "#PD-001", "PD 001", "PD/001", "PD[001]", "PD,001"),
]  # fmt: skip
COMPATIBILITY = [
    *refused("count", "NFKC", "5²", "①", "½", "2½", "Ⅻ", "⒌", "５．０", "㎏5", "1０²", "𝟓", "٢٥", "１,２３"),
    *refused("hours", "NFKC", "7½", "⑦", "7 ｊａｍ"),
    *refused("month", "NFKC", "Ｍｅｉ", "⑤", "Ⅴ", "Mei ²", "５月"),
    *refused("email", "NFKC", "lelu＠example.org", "lelu@example．org", "ｌelu@example.org", "l\u00e9lu@example.org"),
    *refused("id", "NFKC", "ＰＤ-001", "PD-①", "PD²"),
    *refused("phone", "NFKC", "０8①2-3456-7890", "☎0812-3456-7890"),
    *value("count", "full-width digits are a form", {"１２３４": 1234}),
]
LINES = [
    *refused("count", "joined lines", "1\n234", "12\n34", "25\n(sementara)", "25\norang", "20\n30", "1\t234"),
    *refused("hours", "joined lines", "08.00\n16.00", "7\n5"),
    *refused("month", "joined lines", "Mei\n2024", "Januari\nFebruari", "5\n2024"),
    *refused("date", "joined lines", "8 November\n2024", "8/11/\n2024"),
    *refused("phone", "joined lines", "0812-3456\n7890", "0812-3456-7890\n0813-1111-2222"),
    *refused("id", "joined lines", "PD-\n001", "PD-001\nPD-002"),
    *value("email", "a line break is a form between addresses", {"a@example.org\nb@example.org": ["a@example.org", "b@example.org"]}),
    *value("count", "nothing at the ends", {"25\n": 25, "\t25 ": 25}),
]  # fmt: skip
UNITS = [
    *refused("count", "K5 [advocacy]", "40 orang", "3 buku", "2 jam", "5 judul", "4 kali", "40org", "7 hari", "6 eks."),
    *refused("count", "K5 [loans]", "3 orang", "7 judul", "9 kegiatan", "12 x"),
    *refused("count", "K5 [open_days]", "20 jam", "20 orang"),
    *refused("count", "K5 [titles]", "1.000 buku", "200 eksemplar"),
    *refused("count", "K5 [visits_onsite]", "25 buku", "25 anggota", "25 kg", "25 jam"),
    *refused("hours", "K5", "6 hari", "5 kali", "6 kegiatan", "5 org/hari", "6 menit"),
    *value("count", "K5 [copies]", {"9 buku": 9, "9 eks.": 9, "1.250 eksemplar": 1250, "9 (buku)": 9, "9 EKS": 9}),
    *value("count", "K5 [activities]", {"3 kegiatan": 3, "3 keg.": 3, "3keg": 3}),
    *value("count", "K5 [digital_uses]", {"18 kali": 18, "18x": 18}),
    *value("count", "K5 [visits_onsite]", {"25 org": 25, "25 pemustaka": 25, "25 jiwa": 25}),
    *value("count", "K5 [titles]", {"1.250 judul": 1250, "1250 judul buku": 1250}),
    *value("hours", "K5", {"6 jam/hari": 6, "7 jam 30 menit": 7.5, "6 hours": 6}),
]
NOTHING = [
    *empty("id", "K6", "-", "–", "—", "---", "tidak ada", "Tidak Ada.", "belum ada", "nihil", "kosong", "n/a", "N/A", "t/a", "tdk tahu"),
    *empty("phone", "K17", "-", "—", "nihil", "tidak ada", "Tidak punya", "t/a", "tidak tahu", "belum punya"),
    *empty("email", "K17", "-", "–", "kosong", "belum ada", "tidak punya", "Tidak  ada", "na", "tidak diketahui"),
    *empty("month", "K17", "-", "–", "nihil", "tidak ada"),
    *empty("date", "K17", "-", "--", "belum ada", "tidak tahu", "n/a"),
    *empty("score", "K7", "--", "–", "belum ada", "nihil", "n/a", "kosong"),
    *refused("phone", "K17", "tidak ada?", "- ?", "belum ada HP", "."),
    *refused("email", "K17", "tidak tahu (tanya Pak Budi)", "-@", "?"),
    *refused("count", "zero or not known yet", "belum ada", "tidak tahu", "?", "...", "- -"),
    *(Case("count", text(each), "zero", None, "K7") for each in ("-", "–", "--", "nihil", "Nihil.", "NOL", "tidak ada", "0", "000")),
    *(Case("count", text(each), "not applicable", None, "K7") for each in ("n/a", "T/A", "tidak berlaku")),
    Case("score", text("0"), "zero", None, "K7"),
]  # fmt: skip
SCORES = [
    *refused("score", "range", "77,2", "11", "10,01", "-1", "7,72 (?)", "1E+30", "7.720.000", "hijau", "7,72,1", "99%"),
    *value("score", "range", {"7,72": 7.72, "7.72": 7.72, "10": 10, "10,0": 10, "7,72%": 7.72}),
    Case("score", figure(1e30, "1E+30", NumberKind.SCIENTIFIC), "refused", None, "range"),
    Case("score", figure(77.2, "77,2"), "refused", None, "range"),
    Case("score", figure(-0.1, "-0,1"), "refused", None, "range"),
    Case("score", figure(45580, "10/12", NumberKind.DATE), "refused", None, "range"),
    Case("score", figure(7.72, "7,72"), "value", 7.72, "range"),
    Case("score", figure(0.0772, "7,72%", NumberKind.PERCENT), "value", 7.72, "range"),
    Case("score", GridCell(True, "TRUE"), "refused", None, "range"),
    Case("count", figure(1e30, "1E+30", NumberKind.SCIENTIFIC), "refused", None, "beyond what a sheet holds"),
    Case("decimal", figure(1e30, "1E+30", NumberKind.SCIENTIFIC), "refused", None, "beyond what a sheet holds"),
    Case("decimal", figure(-1e30, "-1E+30", NumberKind.SCIENTIFIC), "refused", None, "beyond what a sheet holds"),
]
MONTHS = [
    *(Case("month", figure(each, str(each)), "refused", None, "K9") for each in (2024.1, 10.2024, 5.5, 0, 13, -3, 202405, 2024)),
    Case("month", figure(5, "05/01/1900", NumberKind.DATE), "refused", None, "K9 a number in a column of dates"),
    Case("month", figure(0.5, "12.00", NumberKind.TIME), "refused", None, "K9"),
    Case("month", figure(0.05, "5%", NumberKind.PERCENT), "refused", None, "K9"),
    Case("month", figure(5, "Rp5", NumberKind.CURRENCY), "refused", None, "K9"),
    Case("month", GridCell(True, "TRUE"), "refused", None, "K9"),
    *refused("month", "K10b", "+5", "5.", "5,", "5*", "~5", "(5)", "[5]", "5-", "5/", "5'", "5 !", "=5", "5°", "'5", "-03", "5 (?)"),
    *refused("month", "K10", "Mei?", "Mei*", "(Mei)", "Mei (revisi)", "Mei_2024", "Mei/2024/", "Mei 2024 *", "- Mei", "Mei 2024?"),
    *refused("month", "K12", "Triwulan I", "TW1", "TW 3 2024", "Trw. 2", "Semester I", "smt 2", "Q1 2024", "kuartal 4", "Cawu II"),
    *refused("month", "K12", "Januari s/d Maret", "Jan-Mar 2024", "Jan, Feb", "Januari–Juni", "Mei & Juni", "Mei/Juni", "1-3", "Jan s.d. Jun"),
    *refused("month", "no month", "13", "00", "40. Januari", "31 Februari", "2024", "Jumlah", "Janurai", "32/05/2024", "Mei 20244", "Mei 024"),
    *value("month", "K15", {
        "01": "2024-01", "12": "2024-12", "bulan 5": "2024-05", "Bln. 05": "2024-05", "bulan ke-5": "2024-05", "bulan ke 5": "2024-05",
        "Okt2023": "2023-10", "des2024": "2024-12", "JANUARI2024": "2024-01", "Periode Mei 2024": "2024-05", "Bulan: Mei": "2024-05",
        "bln Mei": "2024-05", "Laporan Bulan Mei 2024": "2024-05", "Mei.": "2024-05", "Sept. 2023": "2023-09", "Okt '23": "2023-10",
        "Okt’23": "2023-10", "Mei-2024": "2024-05", "Mei–2024": "2024-05", "Mei tahun 2024": "2024-05", "5-2024": "2024-05",
        "05.2024": "2024-05", "2024/05": "2024-05", "2024-5": "2024-05", "3. Maret": "2024-03", "3) Maret 2024": "2024-03",
        "15 Januari": "2024-01", "2024 Mei": "2024-05", "\u200eMei 2024\u202c": "2024-05", "Mei\u00a02024": "2024-05",
    }),
    Case("month", figure(3, "3,00"), "value", "2024-03", "how it is displayed"),
    Case("month", figure(45566, "01/10/2024", NumberKind.DATE), "value", "2024-10", "a date"),
]  # fmt: skip
DATES = [
    *refused("date", "not that weekday", "Senin, 08/11/2024", "Kamis 8 November 2024", "Sunday, 8 November 2024"),
    *refused("date", "does not exist", "31/02/2024", "2024-31-01", "29 Februari 2023", "0/5/2024", "32 Mei 2024", "8/13/2024"),
    *refused("date", "swallowed or several", "8-9 November 2024", "8 s.d. 10 November 2024", "8/11/2024 dan 9/11/2024", "8/11-2024", "8.11/2024",
             "November 2024", "8 November", "20241108", "8/11/204", "8/11/20244", "8/11/2024 pagi", "8/11/2024 25.00"),
    *value("date", "forms", {
        "Jumat, 8 November 2024": "2024-11-08", "Jum’at 8 Nov 2024": "2024-11-08", "8-Nov-24": "2024-11-08", "8 Nop. 2024": "2024-11-08",
        "08‑11‑2024": "2024-11-08", "8 / 11 / 2024": "2024-11-08", "Tgl. 8/11/2024": "2024-11-08", "November 8, 2024": "2024-11-08",
        "8/11/2024 09.15": "2024-11-08", "08/11/2024 09:15:22": "2024-11-08", "2024/11/08": "2024-11-08", "\u200e8/11/2024": "2024-11-08",
    }),
    Case("date", text("03/04/2024"), "refused", None, "the month comes first", "en_US"),
    Case("date", text("13/04/2024"), "value", "2024-04-13", "the month comes first, but can't here", "en_US"),
    Case("date", figure(45385, "4/3/2024", NumberKind.DATE), "refused", None, "the sheet may have swapped it", "en_US"),
    Case("month", figure(45385, "4/3/2024", NumberKind.DATE), "refused", None, "the sheet may have swapped it", "en_US"),
    Case("date", figure(45385, "3 Apr 2024", NumberKind.DATE), "value", "2024-04-03", "the month is a word", "en_US"),
    Case("date", GridCell(45385, "4/3/2024", NumberKind.DATE, "=A1"), "value", "2024-04-03", "a formula's", "en_US"),
    Case("date", figure(45385, "03/04/2024", NumberKind.DATE), "value", "2024-04-03", "the day comes first"),
    Case("date", figure(45385.5, "03/04/2024 12.00", NumberKind.DATE_TIME), "value", "2024-04-03", "with the time"),
    Case("date", figure(45385, "45385"), "refused", None, "a plain number"),
    Case("date", figure(5, "04/01/1900", NumberKind.DATE), "refused", None, "a number in a column of dates"),
]  # fmt: skip
PHONES = [
    *value("phone", "K18", dict.fromkeys(("WA: 0812-3456-7890", "WA 0812 3456 7890", "No. HP: 081234567890", "HP/WA: 0812-3456-7890", "Telp. 0812-3456-7890", "0812-3456-7890 (WA)", "0812-3456-7890 WA", "0812-3456-7890.", "+62 812-3456-7890", "+62 (812) 3456-7890", "(+62) 812 3456 7890", "+62 (0)812 3456 7890", "0062 812 3456 7890", "0812.3456.7890", "0812‑3456‑7890", "0812–3456–7890", "0812\xa03456\xa07890", "\u202a0812-3456-7890\u202c", "\u200e+62 812-3456-7890", "\u2066081234567890\u2069", "\u202d+62 812-3456-7890\u202c", "Nomor: 0812-3456-7890"), "6281234567890")),
    *refused("phone", "K18", "0812-3456-7890 / 0813-1111-2222", "HP", "HP:", "0812-3456-7890 (lama)", "0812-3456-7890 Bu Ani", "0812--3456-7890",
             "0812-3456-78X0", "\u202e0987-6543-2180", "email: 0812-3456-7890", "0812", "0812-3456-7890-1234-5678", "08 12,5", "00812-3456-7890", "+0812-3456-7890", "+625 (0)812 3456 7890", "+62 (0)0812 3456 7890", "0812-3456-7890 (0)"),
    Case("phone", figure(81234567890, "81.234.567.890"), "value", "6281234567890", "how it is displayed"),
    Case("phone", figure(81234567890, "8,12E+10", NumberKind.SCIENTIFIC), "value", "6281234567890", "how it is displayed"),
    Case("phone", figure(812345678.5, "812345678,5"), "refused", None, "no whole number"),
    Case("phone", figure(-81234567890, "-81234567890"), "refused", None, "below zero"),
    Case("phone", figure(81234567890, "Rp81.234.567.890", NumberKind.CURRENCY), "refused", None, "money"),
]  # fmt: skip
ADDRESSES = [
    *value("email", "K18", {each: ["lelu@example.org"] for each in (
        "<lelu@example.org>", '"Perpusdes Lelu" <lelu@example.org>', "Ibu Sari, S.Pd. <lelu@example.org>", "Email: lelu@example.org",
        "e-mail : lelu@example.org", "Surel: lelu@example.org", "mailto:lelu@example.org", "lelu@example.org.", "lelu@example.org;",
        "\u200elelu@example.org", "lelu@example.org\u00a0", "lelu@example.org, LELU@example.org", "Lelu<lelu@example.org>", "Pérpusdes <lelu@example.org>",
    )}),
    *value("email", "several", {
        "a@example.org b@example.org": ["a@example.org", "b@example.org"], "a@example.org/b@example.org": ["a@example.org", "b@example.org"],
        "Ani <a@example.org>; Budi <b@example.org>": ["a@example.org", "b@example.org"],
        "a.b+c_d-e@sub.example.co.id": ["a.b+c_d-e@sub.example.co.id"],
    }),
    *refused("email", "K19", ".lelu@example.org", "lelu@example..org", "lelu@-example.org", "lelu@example-.org", "lelu@example", "lelu@", "@example.org",
             "lelu@@example.org", "lelu@exa_mple.org", "lelu@example.o", "lelu@example.123", "lelu @example.org", "lelu@ example.org", "le lu@example.org",
             "lelu@example,org", f"lelu@{'x' * 64}.org", f"lelu@{'abc.' * 70}org", f"{'x' * 65}@example.org", "a@example.org, b@example", "o’brien@example.org",
             "Lelu lelu@example.org", "lelu@example.org Lelu", "lelu@example.org (Ibu Sari)", "Lelu? <lelu@example.org>", "? <lelu@example.org>", "Lelu = <lelu@example.org>"),
    *value("email", "K19 as long as may be", {f"{'x' * 64}@example.org": [f"{'x' * 64}@example.org"]}),
    *value("email", "five", {", ".join(f"a{n}@example.org" for n in range(5)): [f"a{n}@example.org" for n in range(5)]}),
    *refused("email", "more than five", ", ".join(f"a{n}@example.org" for n in range(6)), " ".join(f"a{n}@example.org" for n in range(2000))),
    Case("email", figure(5, "5"), "refused", None, "a number"),
]  # fmt: skip
CODES = [
    *value("id", "K20", {each: each for each in ("0042", "6213013B0000001", "PD-001", "a.b_c-d", "x" * 40, "7")}),
    *value("id", "K20", {"NPP: 6213013B0000001": "6213013B0000001", "PD‑001": "PD-001", "\u200ePD-001": "PD-001"}),
    *refused("id", "K20", "x" * 41, "x" * 50_000, "..", "_", "PD\u0301-001", "PD-001;PD-002", "=A1", "+PD", "@PD", "../x", "PD–001 –"),
    *(Case("id", figure(42, shown), "value", "42", "K20 how it is displayed") for shown in ("42", "42,00", "0042", "42 ", "4,2E+01")),
    Case("id", figure(6213013000000001, "6,21301E+15", NumberKind.SCIENTIFIC), "value", "6213013000000001", "K20"),
    Case("id", figure(6213013000000001, "6.213.013.000.000.001"), "value", "6213013000000001", "K20"),
    Case("id", figure(1e17, "1E+17", NumberKind.SCIENTIFIC), "refused", None, "K20 digits are lost"),
    Case("id", figure(4.2, "4,2"), "refused", None, "K20"),
    Case("id", figure(45580, "10/12", NumberKind.DATE), "refused", None, "K20"),
    Case("id", figure(0.5, "50%", NumberKind.PERCENT), "refused", None, "K20"),
    Case("id", figure(-42, "-42"), "refused", None, "K20"),
    Case("id", GridCell(True, "TRUE"), "refused", None, "K20"),
]  # fmt: skip
MONEY = [
    Case("count", figure(25, "Rp25", NumberKind.CURRENCY), "refused", None, "K5 money"),
    Case("count", figure(25, "$25.00", NumberKind.CURRENCY), "refused", None, "K5 money"),
    Case("count", figure(25, "25,00", NumberKind.CURRENCY), "value", 25, "no sign is shown"),
    *refused("count", "K5 money", "Rp 25", "Rp25.000", "25 rb", "25k", "IDR 25"),
]
ERRORS = [
    *(Case(field, ERROR, "error", None, "K21") for field in ("count", "hours", "decimal", "month", "date", "phone", "email", "id", "score")),
    *(Case(field, text("#N/A"), "error", None, "K21") for field in ("count", "hours", "decimal", "month", "date", "phone", "email", "id", "score")),
    *(Case("count", text(each), "error", None, "K21") for each in ("#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#ERROR!", "#SPILL!")),
]  # fmt: skip
INVISIBLE = [
    *value(
        "count",
        "K16",
        dict.fromkeys(
            ("\u200e25", "25\u200b", "2\u200b5", "\ufeff25", "2\xad5", "\u206625\u2069", "\u202a25\u202c"), 25
        ),
    ),
    *value("count", "K16", {"1\u00a0234": 1234, "1\u202f234": 1234, "25\u00a0orang": 25}),
    *refused("count", "K16 marks that turn the order around", "\u202e12", "\u202b12 34", "\u206712"),
    *(Case("count", text(each), "empty", None, "K16") for each in ("\u200e", " \u00a0 ", "\u200b\u200b")),
]
SIZES = [
    *value("count", "as many digits as a sheet keeps", {"999999999999999": 999999999999999, "123.456.789.012.345": 123456789012345}),
    *value("decimal", "as many digits as a sheet keeps", {"1.234.567.890.123,45": 1234567890123.45, "25": 25, "0,5": 0.5}),
    *refused("count", "more digits than a sheet keeps", "1234567890123456", "1.234.567.890.123.456"),
    *refused("decimal", "more digits than a sheet keeps", "12.345.678.901.234,56"),
    *(Case(field, figure(999_999_999_999_999, "999999999999999"), "value", 999_999_999_999_999) for field in ("count", "decimal")),
    *(Case(field, figure(1e15, "1E+15"), "refused", None, "more than a sheet keeps") for field in ("count", "decimal")),
    *(Case(field, figure(0, "0"), "zero") for field in ("count", "decimal", "hours", "score")),
    Case("decimal", figure(0.5, "0,5"), "value", 0.5),
    Case("decimal", figure(1, "1"), "value", 1),
    Case("count", figure(12 + 5e-10, "12"), "value", 12, "what a formula leaves over"),
    Case("count", figure(2e9 + 5e-4, "2000000000"), "value", 2e9, "what a formula leaves over"),
    Case("count", figure(12 + 1e-6, "12"), "refused", None, "more than a formula leaves over"),
]  # fmt: skip
OWN = [
    *SIGNS, *COMPATIBILITY, *LINES, *UNITS, *NOTHING, *SCORES, *MONTHS, *DATES, *PHONES, *ADDRESSES, *CODES, *MONEY, *ERRORS, *INVISIBLE, *SIZES,
]  # fmt: skip


def named(case: Case) -> str:
    return f"{case.field} {case.about} {case.cell.text[:30]!r}"


@pytest.mark.parametrize("case", [*cases_of_table(), *OWN], ids=named)
def test_a_cell_means_exactly_what_was_typed(case: Case) -> None:
    """A cell is read, is empty, or is asked about, and its value is the one that was typed."""
    entry = read_case(case)
    assert fits(case, entry), (outcome(entry), plain(entry.value), entry.proposal, entry.form)


@pytest.mark.parametrize(
    ("field", "cell", "plain"),
    [
        ("count", text("25"), True), ("count", figure(25, "25"), True), ("count", text("1.234"), False), ("count", text("25 orang"), False),
        ("decimal", text("25"), True), ("decimal", text("7,5"), True), ("decimal", text("1.234,5"), False),
        ("decimal", figure(7.5, "7,5"), True), ("decimal", figure(0.0772, "7,72%", NumberKind.PERCENT), False),
        ("hours", text("6"), True), ("hours", text("7,5"), True), ("hours", text("6 jam"), False),
        ("score", text("7,72"), True), ("score", text("7,72%"), False), ("score", figure(7.72, "7,72"), True),
    ],
)  # fmt: skip
def test_what_is_read_as_it_stands_is_not_reported_back(field: str, cell: GridCell, plain: bool) -> None:
    """A plain number says its value itself; of any other way of writing it the office is told how it was read."""
    assert read_case(Case(field, cell, "value")).plain is plain


@pytest.mark.parametrize(("typed", "proposal"), [("125.", "125"), ("1.250,", "1250"), ("1O", "10"), ("l2", "12")])
def test_an_evident_slip_comes_with_a_proposal(typed: str, proposal: str) -> None:
    """Where only one number can have been meant, it is refused with that number as the proposal."""
    entry = read_case(Case("count", text(typed), "refused"))
    assert (outcome(entry), entry.value, entry.proposal) == ("refused", None, proposal)


@pytest.mark.parametrize(
    ("typed", "proposal"),
    [(1.234, "1234"), (12.345, "12345"), (1.243, "1243"), (1.251, "1251"), (0.125, "125"), (12.5, ""), (1.23, ""), (1.2345, ""),
     (-1.234, ""), (-0.234, ""), (100000000000.25, ""), (0.5, "")],
)  # fmt: skip
def test_a_fraction_that_hides_thousands_comes_with_a_proposal(typed: float, proposal: str) -> None:
    """A count with a fraction is refused; three digits behind the mark, not ending in nought, may have been thousands."""
    entry = read_case(Case("count", figure(typed, str(typed)), "refused"))
    assert (entry.refusal, entry.value, entry.proposal) == (entries.FRACTION, None, proposal)


@pytest.mark.parametrize(
    ("field", "typed", "rule"),
    [
        ("count", figure(-1, "-1"), "F-NEGATIVE"), ("count", text("-1"), "F-NEGATIVE"), ("count", text("40 buku"), "F-UNIT"),
        ("count", text("12,5"), "F-FRACTION"), ("count", text("1.234,5"), "F-FRACTION"), ("count", text("20-30"), "F-NUMBER"),
        ("count", figure(0.05, "5%", NumberKind.PERCENT), "F-FORMAT"), ("count", figure(25, "Rp25", NumberKind.CURRENCY), "F-UNIT"),
        ("decimal", text("1.234"), "F-AMBIGUOUS"), ("decimal", figure(-0.5, "-0,5"), "F-NEGATIVE"), ("decimal", text("1,234%"), "F-AMBIGUOUS"),
        ("decimal", figure(0.5, "12.00", NumberKind.TIME), "F-FORMAT"), ("hours", text("08.00"), "F-CLOCK"), ("hours", text("7,30"), "F-CLOCK"),
        ("hours", text("25"), "F-HOURS"), ("hours", text("24,5 jam"), "F-HOURS"), ("hours", figure(24.5, "24,5"), "F-HOURS"),
        ("hours", text("16.00-08.00"), "F-HOURS"), ("hours", text("08.00-08.00"), "F-HOURS"), ("hours", text("08.00-24.30"), "F-HOURS"),
        ("hours", text("24 jam 30 menit"), "F-HOURS"), ("hours", figure(0.25, "25%", NumberKind.PERCENT), "F-FORMAT"),
        ("hours", text("8-12"), "F-NUMBER"), ("hours", text("jam 8-12"), "F-NUMBER"), ("hours", text("08.00 WIB-16.00 WITA"), "F-NUMBER"),
        ("month", text("Mei?"), "F-MONTH"), ("month", text("TW II"), "F-MONTHS"), ("month", text("Jan - Jun"), "F-MONTHS"),
        ("date", text("31/02/2024"), "F-DATE"), ("email", text("a@b"), "F-EMAIL"), ("phone", text("0812"), "F-PHONE"),
        ("email", text(", ".join(f"a{n}@example.org" for n in range(6))), "F-EMAILS"), ("id", text("PD 1"), "F-CODE"), ("score", text("11"), "F-OFFICIAL"),
    ],
)  # fmt: skip
def test_the_question_says_what_is_the_matter(field: str, typed: GridCell, rule: str) -> None:
    """What is refused is refused by the rule that tells the person why."""
    refusal = read_case(Case(field, typed, "refused")).refusal
    assert refusal is not None
    assert refusal.code == rule


@pytest.mark.parametrize(
    ("typed", "length"),
    [("00.00-24.00", 24), ("00.00-01.00", 1), ("08.00-16.00", 8), ("8-13", 5), ("08-12", 4), ("8.00-12", 4), ("8-12.30", 4.5), ("8-12 WIB", 4),
     ("8 WITA-12", 4), ("08.00 WIB-16.00 wib", 8), ("pukul 8-12", 4), ("pkl. 8 - 12", 4), ("24 jam", 24), ("24", 24), ("0,5", 0.5)],
)  # fmt: skip
def test_a_span_is_as_long_as_the_clock_says(typed: str, length: float) -> None:
    """From one time of the clock to another, up to a whole day; without minutes something else has to tell the clock."""
    assert read_case(Case("hours", text(typed), "value")).value == length


def test_a_whole_day_as_a_number() -> None:
    """Twenty-four hours are a day."""
    assert read_case(Case("hours", figure(24, "24"), "value")).value == 24


@pytest.mark.parametrize(
    ("field", "typed", "as_it_shows"),
    [
        ("count", text("25"), True), ("count", text(" 25 "), True), ("count", text("\u200e25\u00a0"), True), ("count", text("0"), True),
        ("count", figure(25, "25"), True), ("count", text("1.250"), False), ("count", text("25 orang"), False), ("count", text("12,0"), False),
        ("count", text("１２"), False), ("count", text("nihil"), False), ("count", text("n/a"), False), ("decimal", text("7,72"), True),
        ("decimal", text("7,72%"), False), ("decimal", text("1.234,5"), False), ("decimal", figure(7.72, "7,72"), True),
        ("decimal", figure(0.0772, "7,72%", NumberKind.PERCENT), False), ("hours", text("6"), True), ("hours", text("7,5"), True),
        ("hours", text("6 jam"), False), ("hours", text("08.00-16.00"), False), ("hours", text("7 jam 30 menit"), False),
    ],
)  # fmt: skip
def test_what_is_not_plain_is_reported_back(field: str, typed: GridCell, as_it_shows: bool) -> None:
    """An entry that says more than its digits is reported back as it was read."""
    assert read_case(Case(field, typed, "value")).plain is as_it_shows


def test_a_longer_text_than_any_form_is_asked_about() -> None:
    """Nothing stands between a number and its unit but a space or two."""
    assert outcome(read_case(Case("count", text("25" + " " * 200 + "orang"), "refused"))) == "refused"


def months(
    *rows: tuple[Typed, ...], heading: tuple[str, ...] = ("Tahun", "Bulan", "Pengunjung di tempat")
) -> Interpretation:
    return read(tab("Tangkum 2024", heading, *rows))


@pytest.mark.parametrize("year", ["2023?", "2023 (?)", "tahun lalu", "#REF!", 2023.5, "2.023", "23"])
def test_an_unreadable_year_is_asked_about(year: Typed) -> None:
    """What stands in a row's year column and is no year is a question: the tab's year is not taken in its place."""
    seen = months((2024, "Januari", 10), (year, "Februari", 12))
    assert figures(seen.observations) == {("T", "visits_onsite", "2024-01"): 10}
    assert rules(seen) & {"F-YEAR", "F-FORMULA"}


@pytest.mark.parametrize("none", ["-", "tidak ada", "belum ada", None])
def test_a_year_that_says_none_leaves_the_tabs_year(none: Typed) -> None:
    """An empty year, or a word for none, leaves the year that the tab says."""
    assert figures(months((none, "Januari", 10)).observations) == {("T", "visits_onsite", "2024-01"): 10}


def test_a_month_that_says_none_is_no_month() -> None:
    """A word for none in the month's column is asked about as a missing month."""
    assert rules(months((2024, "-", 10), (2024, "Februari", 12))) == {"F-NO-MONTH"}


def test_a_failed_formula_in_a_key_is_told_as_such() -> None:
    """A library or a month that ends in an error is a failed formula, with an example of what belongs there."""
    heading = ("Perpustakaan", "Bulan", "Pengunjung di tempat")
    seen = read(tab("Data 2024", heading, ("Tangkum", "Januari", 1), ("#REF!", "Februari", 2), ("Tangkum", "#N/A", 3)))
    assert figures(seen.observations) == {("T", "visits_onsite", "2024-01"): 1}
    told = {finding.cells[0].a1: language("en")(finding.message) for finding in seen.findings}
    assert "for example Tangkum" in told["A3"]
    assert "for example Januari" in told["B4"]
    assert rules(seen) == {"F-FORMULA"}


def test_a_library_that_says_none_is_a_missing_one() -> None:
    """A word for none in the library's column is asked about as a missing library, not as an unknown one."""
    heading = ("Perpustakaan", "Bulan", "Pengunjung di tempat")
    seen = read(tab("Data 2024", heading, ("Tangkum", "Januari", 1), ("-", "Februari", 2)))
    assert rules(seen) == {"F-NO-LIBRARY"}
