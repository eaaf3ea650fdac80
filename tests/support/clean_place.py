"""A folder with nothing of ours but the wheel, and an environment that knows nothing of this one: what a newcomer has."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

from places import ROOT


def build_wheel(folder: Path) -> Path:
    """The wheel as it would be published; without the network where what builds it is installed."""
    offline = ["--no-build-isolation"] if importlib.util.find_spec("hatchling") else []
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        *offline,
        "--wheel-dir",
        str(folder),
        str(ROOT),
    ]
    subprocess.run(command, check=True, capture_output=True)
    [wheel] = folder.glob("*.whl")
    return wheel


@dataclass(frozen=True, slots=True)
class CleanPlace:
    """Commands run in `folder`; `endpoint` is the local Google's address."""

    folder: Path
    endpoint: str

    def environment(self) -> dict[str, str]:
        """No variable of this process but what finds Python; pip takes the wheel and nothing from the network."""
        return {
            "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
            "HOME": str(self.folder / "home"),
            "LANG": "C.UTF-8",
            "SHEETS_SYNC_GOOGLE_ENDPOINT": self.endpoint,
            "PIP_NO_INDEX": "1",
            "PIP_NO_DEPS": "1",
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        }

    def lend_dependencies(self) -> None:
        """The packages that pip would fetch are taken from this environment; a path file brings no editable install along."""
        [packages] = (self.folder / ".venv" / "lib").glob("python*/site-packages")
        (packages / "lent.pth").write_text(sysconfig.get_paths()["purelib"] + "\n", encoding="utf-8")

    def run(self, command: str, answers: str = "") -> subprocess.CompletedProcess[str]:
        """A command as a shell runs it."""
        return subprocess.run(
            ["/bin/sh", "-c", command],
            cwd=self.folder, env=self.environment(), input=answers, capture_output=True, text=True, timeout=600, check=False,
        )  # fmt: skip

    def start(self, command: str) -> subprocess.Popen[str]:
        """A command that goes on until it is stopped."""
        return subprocess.Popen(
            ["/bin/sh", "-c", f"exec {command}"],
            cwd=self.folder, env=self.environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip


def clean_place(folder: Path, wheel: Path, endpoint: str) -> CleanPlace:
    """The folder, with the wheel in it."""
    folder.mkdir()
    (folder / "home").mkdir()
    shutil.copy(wheel, folder)
    assert "SHEETS_SYNC_CONFIG" not in os.environ
    return CleanPlace(folder, endpoint)
