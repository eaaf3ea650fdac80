"""Logins that this computer keeps for other programs are none of ours."""

from __future__ import annotations

from pathlib import Path

import pytest

from sheets_sync.google import GoogleClient, GoogleOptions
from sheets_sync.local_google import LocalGoogle


@pytest.mark.parametrize("line", ["default", "machine 127.0.0.1"])
def test_what_netrc_says_takes_no_login_s_place(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of names and passwords for curl and git, in which any host stands, changes neither our login nor a request."""
    netrc = tmp_path / "netrc"
    netrc.write_text(f"{line} login ibu password rahasia\n", encoding="ascii")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    with LocalGoogle() as server:
        workbook = server.create_workbook("Kabupaten", owner="sekretaris", writers=["sheets-sync"])
        google = GoogleClient(server.account().key_info(), GoogleOptions(attempts=1), server.url)
        google.login()
        assert list(google.list_workbooks()) == [workbook]
        google.close()
