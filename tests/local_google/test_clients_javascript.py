"""The npm package google-spreadsheet, unmodified, at work on a local Google."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from sheets_sync.local_google import LocalGoogle

PACKAGES = ("google-spreadsheet@5.3.0", "google-auth-library@10")
SCRIPTS = Path(__file__).parent / "javascript"


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the session and the packages it imports."""
    if not shutil.which("node") or not shutil.which("npm"):
        pytest.skip("node and npm are not installed; the JavaScript client is tried where they are")
    folder = tmp_path_factory.mktemp("javascript")
    for script in SCRIPTS.glob("*.mjs"):
        shutil.copy(script, folder)
    install = ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", str(folder), *PACKAGES]
    done = subprocess.run(install, capture_output=True, text=True, timeout=300, check=False)
    if done.returncode and "network" in done.stderr.lower() + done.stdout.lower():
        pytest.skip("the npm registry can't be reached; the JavaScript client is tried where it can")
    assert done.returncode == 0, done.stderr
    return folder


def test_a_javascript_client_does_a_session_of_work(workshop: Path, tmp_path: Path) -> None:
    """Documents, rows, cells, ranges, rules, sharing and exports, as its users write them."""
    with LocalGoogle() as google:
        read_only = google.create_workbook("Baca saja")
        google.share(read_only, "sheets-sync", role="reader")
        facts = {
            "LOCAL_GOOGLE": google.url,
            "KEY_FILE": str(google.write_key(tmp_path / "key.json")),
            "READ_ONLY_ID": read_only,
        }
        session = ["node", "session.mjs"]
        done = subprocess.run(
            session, cwd=workshop, env=os.environ | facts, capture_output=True, text=True, timeout=120, check=False
        )
        unanswered = [entry.path for entry in google.log if entry.status in {0, 500, 501} or not entry.method]
    assert (done.returncode, unanswered) == (0, []), done.stdout + done.stderr[-3000:]
    assert len(done.stdout.splitlines()) == 6
