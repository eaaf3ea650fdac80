"""Makes `.venv` with the locked packages, once: what `demo.py` and `test.py` run in. Needs Python 3.11 and pip only."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".venv"


def prepared(lock: str) -> Path:
    """The Python of `.venv`, with the packages of a lock file installed (again when the lock has changed)."""
    if sys.version_info < (3, 11):  # noqa: UP036 - it is run by whatever Python somebody has
        sys.exit(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")
    python = FOLDER / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    wanted = ROOT / lock
    stamp = FOLDER / f"{lock}.{hashlib.sha256(wanted.read_bytes()).hexdigest()[:16]}"
    if not stamp.exists():
        print(f"Preparing {FOLDER} (once; a minute or two) …", flush=True)
        if not python.exists():
            venv.create(FOLDER, with_pip=True)
        pip = [str(python), "-m", "pip", "--quiet", "--quiet", "--disable-pip-version-check", "install", "--no-compile"]
        _run([*pip, "--require-hashes", "-r", str(wanted)])
        _run([*pip, "--no-deps", "--editable", str(ROOT)])
        # pip would do it on one core; what can't be compiled is a package's template
        subprocess.run([str(python), "-m", "compileall", "-qq", "-j", "0", str(FOLDER)], check=False)
        stamp.touch()
    return python


def hand_over(python: Path, *arguments: str) -> None:
    """Runs Python with the arguments, in the project's folder, and ends with its exit status."""
    sys.exit(subprocess.run([str(python), *arguments], cwd=ROOT, check=False).returncode)


def _run(command: list[str]) -> None:
    ended = subprocess.run(command, cwd=ROOT, check=False)
    if ended.returncode:
        sys.exit(f"This failed: {' '.join(command)}")
