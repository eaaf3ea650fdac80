"""What the page itself says, in Indonesian and English."""

from __future__ import annotations

from collections.abc import Mapping

LANGUAGES = ("id", "en")

WORDS: Mapping[str, tuple[str, str]] = {
    "add_reply": ("Balas", "Reply"),
    "as": ("Sebagai", "As"),
    "asked": ("Isian yang diperbolehkan di sel ini: {options}", "This cell takes one of: {options}"),
    "cell": ("Sel", "Cell"),
    "chart": ("Grafik", "Chart"),
    "close": ("Tutup", "Close"),
    "comments": ("Komentar", "Comments"),
    "edit_anyway": ("Tetap isi", "Edit anyway"),
    "filtered": ("Kolom ini disaring", "This column is filtered"),
    "gone": ("{cell} “{text}” tidak tersimpan: {problem}", "{cell} “{text}” is not saved: {problem}"),
    "help": (
        "Panah berpindah sel. Ketik atau F2 untuk mengisi, Enter menyimpan, Escape membatalkan. Escape lalu Tab keluar dari tabel.",
        "Arrows move between cells. Type or press F2 to edit, Enter saves, Escape cancels. Escape, then Tab, leaves the table.",
    ),
    "hidden": ("Ada yang disembunyikan di sini", "Something is hidden here"),
    "locked_text": (
        "Bagian ini dilindungi. Hanya pemiliknya yang dapat mengubahnya.",
        "This part is protected. Only its owners can change it.",
    ),
    "locked_title": ("Sel ini dilindungi", "This cell is protected"),
    "missing": (
        "Buku kerja ini tidak ada, atau tidak dibagikan kepada Anda.",
        "There is no such workbook, or it is not shared with you.",
    ),
    "missing_title": ("Tidak ditemukan", "Not found"),
    "nobody": ("Tamu dengan tautan", "A stranger with the link"),
    "none": ("Belum ada komentar.", "No comments yet."),
    "note": ("Catatan", "Note"),
    "no_workbook": ("Belum ada buku kerja.", "There are no workbooks yet."),
    "offline": ("Sambungan terputus. Dicoba lagi …", "Connection lost. Trying again …"),
    "ok": ("Mengerti", "Got it"),
    "no_view": ("Tanpa tampilan filter", "No filter view"),
    "open_thread": ("terbuka", "open"),
    "picture": ("Gambar", "Picture"),
    "protected": ("Dilindungi", "Protected"),
    "read_only": ("Hanya dapat dibaca", "View only"),
    "redo": ("Ulangi", "Redo"),
    "refused_title": ("Isian ini tidak ada dalam daftar", "This is not in the list"),
    "resolve": ("Selesai", "Resolve"),
    "resolved": ("selesai", "resolved"),
    "saved": ("Tersimpan", "Saved"),
    "saving": ("Menyimpan …", "Saving …"),
    "sheet": ("Isi tab", "Contents of the tab"),
    "slicer": ("Pemilah", "Slicer"),
    "slicer_all": ("semua baris", "all rows"),
    "slicer_some": ("{shown} dari {all} baris", "{shown} of {all} rows"),
    "tabs": ("Tab", "Tabs"),
    "undo": ("Urungkan", "Undo"),
    "unsaved": ("Belum tersimpan, dicoba lagi: {problem}", "Not saved yet, trying again: {problem}"),
    "views": ("Tampilan filter", "Filter views"),
    "warned_text": (
        "Bagian ini sebaiknya tidak diubah. Perubahan yang tidak disengaja dapat merusaknya.",
        "This part should not be changed. A change by mistake could spoil it.",
    ),
    "warned_title": ("Yakin ingin mengisi sel ini?", "Edit this cell?"),
    "workbooks": ("Buku kerja", "Workbooks"),
}


def words_in(language: str) -> Mapping[str, str]:
    """The page's words in a language; English for one that it does not speak."""
    place = LANGUAGES.index(language) if language in LANGUAGES else 1
    return {name: texts[place] for name, texts in WORDS.items()}


def language_for(asked: str, locale: str) -> str:
    """The language that is asked for (`hl`, as at Google), else the workbook's."""
    if asked in LANGUAGES:
        return asked
    return "id" if locale.partition("_")[0] in ("id", "in") else "en"
