"""The server that tests have to themselves ends with them."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
from places import ROOT

HELD = """
import sys
from own_postgres import at_our_end
with at_our_end("touch", sys.argv[2], leave=sys.argv[1]):
    print("inside", flush=True)
    sys.stdin.read()
"""


@pytest.mark.skipif(not Path("/bin/sh").exists(), reason="left out: what ends with a killed process; needs /bin/sh")
@pytest.mark.parametrize("killed", [True, False])
def test_what_is_held_ends_with_who_holds_it(tmp_path: Path, killed: bool) -> None:
    """A block that ends, and a process killed in it, both end the server and take its folder away."""
    folder, ended = tmp_path / "folder", tmp_path / "ended"
    folder.mkdir()
    with subprocess.Popen(
        [sys.executable, "-c", HELD, str(folder), str(ended)],
        cwd=ROOT / "scripts", stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as holder:  # fmt: skip
        assert holder.stdout is not None
        assert holder.stdout.readline() == "inside\n"
        assert (folder.exists(), ended.exists()) == (True, False)
        if killed:
            holder.kill()
    until = time.monotonic() + 60
    while folder.exists() and time.monotonic() < until:
        time.sleep(0.01)
    assert (folder.exists(), ended.exists()) == (False, True)
