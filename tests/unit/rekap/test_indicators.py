"""What `Indikator` says of the scheme."""

from __future__ import annotations

import rekap_sample as sample

from sheets_sync.rekap.indicators import indicators


def test_benchmarks_and_local_choices_are_named() -> None:
    """An indicator shows what others published for comparison, and which of its choices are the office's own."""
    page = indicators(sample.context())
    titles = [page.at(page.header, column).text for column in range(len(page.columns))]
    visits, loans = (
        {title: page.at(page.header + row, column).text for column, title in enumerate(titles)} for row in (1, 2)
    )
    assert (visits["Angka pembanding"], visits["Pilihan lokal"]) == ("–", "–")
    assert loans["Angka pembanding"] == "0,9 teramati di Jawa Timur; bukan target"
    assert loans["Pilihan lokal"] == "target dan bobot"
