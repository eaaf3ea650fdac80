"""The npm package google-spreadsheet, unmodified, at work on a local Google."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import NoReturn

import pytest

from sheets_sync.local_google import LocalGoogle

PACKAGES = ("google-spreadsheet@5.3.0", "google-auth-library@10")
SCRIPTS = Path(__file__).parent / "javascript"


def leave_out(why: str) -> NoReturn:
    """Skip and say so; in CI, where everything is there, fail."""
    text = f"The JavaScript client was not tried: {why}"
    if os.environ.get("CI", "").lower() == "true":
        pytest.fail(text)
    pytest.skip(text)


def reason(said: str | bytes) -> str:
    """What npm said in a line; a certificate that isn't known, a proxy that refuses, no network, a package that is gone."""
    text = said.decode(errors="replace") if isinstance(said, bytes) else said
    lines = [line.removeprefix("npm error ").removeprefix("npm ERR! ").strip() for line in text.splitlines()]
    return " · ".join([line for line in lines if line][:2])[:300]


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the session and the packages it imports."""
    if not shutil.which("node") or not shutil.which("npm"):
        leave_out("node and npm are not installed")
    folder = tmp_path_factory.mktemp("javascript")
    for script in SCRIPTS.glob("*.mjs"):
        shutil.copy(script, folder)
    install = ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", str(folder), *PACKAGES]
    try:
        subprocess.run(install, capture_output=True, text=True, timeout=300, check=True)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as failed:
        leave_out(f"npm's packages can't be had here: {reason(failed.stderr or failed.stdout or str(failed))}")
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


@pytest.mark.parametrize(("ci", "outcome"), [("", "skip"), ("false", "skip"), ("true", "fail"), ("True", "fail")])
def test_a_machine_without_the_packages_says_so(monkeypatch: pytest.MonkeyPatch, ci: str, outcome: str) -> None:
    """Whatever keeps them away, the session is left out with the reason; in CI that is a failure."""
    monkeypatch.setenv("CI", ci)
    kinds = {"skip": pytest.skip.Exception, "fail": pytest.fail.Exception}
    with pytest.raises(kinds[outcome], match="was not tried: SELF_SIGNED_CERT_IN_CHAIN"):
        leave_out(reason(b"npm error SELF_SIGNED_CERT_IN_CHAIN\n"))
