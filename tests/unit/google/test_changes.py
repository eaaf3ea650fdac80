"""Which workbooks are read, decided from one Drive list."""

from datetime import UTC, datetime, timedelta

import pytest

from sheets_sync.google import FileVersion, Seen, Verdict, judge

US = frozenset({"robot@example.org"})
NOON = datetime(2024, 11, 5, 12, tzinfo=UTC)
SEEN = Seen(version="7", dirty=False, wrote_until=NOON)


def listed(version: str = "8", editor: str | None = "robot@example.org", modified: datetime = NOON) -> FileVersion:
    return FileVersion("id", "Buku", version, modified, editor, by_me=False)


@pytest.mark.parametrize(
    ("seen", "file", "verdict"),
    [
        pytest.param(None, listed(), Verdict.READ, id="never seen"),
        pytest.param(SEEN, None, Verdict.READ, id="not in the list: read it to learn why"),
        pytest.param(SEEN, listed("7"), Verdict.UNCHANGED, id="same version"),
        pytest.param(SEEN, listed("8"), Verdict.OWN_WRITE, id="our own write"),
        pytest.param(
            SEEN, listed(modified=NOON + timedelta(seconds=4)), Verdict.OWN_WRITE, id="within the clocks' margin"
        ),
        pytest.param(SEEN, listed(modified=NOON + timedelta(seconds=6)), Verdict.READ, id="our account, but later"),
        pytest.param(SEEN, listed(editor="warga@example.org"), Verdict.READ, id="somebody else"),
        pytest.param(SEEN, listed(editor=None), Verdict.READ, id="an editor who was not signed in"),
        pytest.param(Seen("7", dirty=True, wrote_until=NOON), listed("7"), Verdict.READ, id="inputs changed under us"),
        pytest.param(Seen("7", dirty=False, wrote_until=None), listed("8"), Verdict.READ, id="we wrote nothing"),
    ],
)
def test_a_workbook_is_read_unless_the_list_shows_that_nothing_can_have_changed(
    seen: Seen | None, file: FileVersion | None, verdict: Verdict
) -> None:
    """A workbook is read unless its version is known, or new only because of our own write."""
    assert judge(seen, file, US) is verdict
