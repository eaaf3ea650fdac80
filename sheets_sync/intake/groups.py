"""Some of the people whom a library serves, as the title of a section or a group of columns names them: `A. Anak-anak`.

What stands below such a title is counted of them alone, and is no total.
"""

from __future__ import annotations

import re
from functools import lru_cache

from sheets_sync.intake.parts import share_of
from sheets_sync.intake.words import fold, tidy

_SCHOOL = r"(?: (?:tk|paud|sd|mi|smp|mts|sma|smk|ma|sekolah))*"
_PEOPLE = (
    rf"anak(?: anak)?(?: usia dini)?{_SCHOOL}|balita|bayi|usia dini|remaja|pemuda|dewasa|orang dewasa|orang tua"
    r"|lansia|lanjut usia|manula"
    rf"|(?:pelajar|siswa|siswi|murid|peserta didik){_SCHOOL}|mahasiswa|mahasiswi|santri|guru{_SCHOOL}|dosen|tenaga pendidik"
    r"|pegawai|asn|pns|karyawan|ibu rumah tangga|ibu ibu|petani|nelayan|difabel|(?:penyandang )?disabilitas"
    r"|(?:non|bukan) anggota|laki laki|laki|pria|putra|perempuan|wanita|putri"
    r"|children|kids|toddlers|babies|teens|teenagers|adolescents|youth|young people|(?:young )?adults|seniors|elderly"
    r"|older people|students|pupils|teachers|staff|non members|(?:people with )?disabilities|men|males?|women|females?"
    r"|boys|girls"
)
_YEARS = r"(?:tahun|thn|th|years?(?: old)?)"
_AGES = rf"\d{{1,2}} (?:(?:sampai|sd|s d|to) )?\d{{1,2}}(?: {_YEARS})?|\d{{1,2}} {_YEARS}(?: ke atas| and over)?|(?:di )?(?:bawah|atas|under|over) \d{{1,2}}(?: {_YEARS})?"
_AGE = rf"(?:usia|umur|aged?|ages) (?:{_AGES})|\d{{1,2}} \d{{1,2}} {_YEARS}"
_ONE = rf"(?:(?:{_PEOPLE})(?: (?:(?:usia|umur|aged?|ages) )?(?:{_AGES}))?|{_AGE})"
_GROUP = re.compile(
    r"(?:(?:[a-z]|[ivx]{1,4}|\d{1,2}) )?"
    r"(?:(?:kelompok|kelas|kategori|golongan|segmen|usia|umur|layanan|ruang(?:an)?|bagian|untuk|khusus|unit|pemustaka"
    r"|pengunjung|group|category|service for|room|section) )*"
    rf"(?P<who>{_ONE}(?: (?:(?:dan|atau|serta|and|or) )?{_ONE})*)(?: (?:service|services|room|section|group))?"
)
_GENERAL = re.compile(
    r"(?:(?:[a-z]|[ivx]{1,4}|\d{1,2}) )?(?:masyarakat |pengunjung )?(?:umum|lainnya|general public|others?)"
)
_ANYWHERE = re.compile(rf"\b(?:{_ONE})\b")
_LONGEST = 60  # characters of such a title


@lru_cache(maxsize=4096)
def group_of(text: str) -> str:
    """Whom a title names, folded, where it names no more than some of the people; else nothing."""
    if len(text) > _LONGEST or share_of(text) is not None:
        return ""
    found = _GROUP.fullmatch(fold(tidy(text)))
    return found["who"] if found else ""


def may_name_group(text: str) -> bool:
    """Whether a longer text may do so, too."""
    return len(text) <= _LONGEST and _ANYWHERE.search(fold(text)) is not None


def group_beside(text: str, now: str) -> str:
    """The same, beside another group; then `Umum` is one, too, which alone may be a title for anything."""
    return group_of(text) or ("umum" if now and _GENERAL.fullmatch(fold(text)) else "")
