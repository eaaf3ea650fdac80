"""A mailing that is killed: nobody gets two copies, nobody is forgotten, every doubt is shown."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from places import SCRIPTS

SCRIPT = SCRIPTS / "kill_mailing.py"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a process of its own making: needs fork")
def test_a_killed_mailing_keeps_its_promises() -> None:
    """Killed at a sample of its steps and run again, a mailing leaves each recipient with one copy or one open question."""
    command = [sys.executable, str(SCRIPT), "--deliveries", "3", "--every", "4"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    report = json.loads(done.stdout)
    assert report["broken"] == {}
    assert report["killed_at"] >= 5
    assert 0 < report["unknown"] <= report["killed_at"]
    assert done.returncode == 0
