"""`report --rehearse`: everything to look at, nothing sent, sealed or planned, and no network."""

from __future__ import annotations

from pathlib import Path

from installation import MONTH, installation

from sheets_sync.jobs.preview import rehearse_report


def test_a_rehearsal_shows_everything_and_does_nothing(tmp_path: Path) -> None:
    """Rehearsing twice leaves one set of files, and neither seal, delivery, mail nor request to Google."""
    with installation(tmp_path) as here:
        here.sync()
        here.google.log.clear()
        with here.app() as app:
            office = here.office(app)
            indexes = [rehearse_report(app, office, MONTH, tmp_path / "out") for _ in range(2)]
            assert app.store.latest_seal(office.code, MONTH) is None
            assert list(app.store.deliveries.of()) == []
        assert here.mailbox.kept.messages == []
        assert here.requests() == {}
    folder = indexes[1].parent
    assert len(list(folder.glob("*.eml"))) == 6
    assert {path.suffix for path in folder.iterdir()} == {".eml", ".html", ".pdf", ".xlsx"}
    assert (folder.parent / "pages" / "rekap.html").exists()
