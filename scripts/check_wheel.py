"""`python scripts/check_wheel.py`: builds the wheel and runs the demo out of it, far from the source tree."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WANTED = (
    "sheets_sync/py.typed",
    "sheets_sync/locale/id/LC_MESSAGES/messages.mo",
    "sheets_sync/_data/config/office.yaml",
    "sheets_sync/_data/config/new/id/office.yaml.j2",
    "sheets_sync/_data/config/schemes/tpbis.yaml",
    "sheets_sync/_data/report_templates/library.html.j2",
    "sheets_sync/store/migrations/versions/0001_first.py",
    "sheets_sync/local_google/discovery/sheets.v4.json",
    "sheets_sync/local_google/page/static/book.js",
    "sheets_sync/demo/panel/static/panel.js",
    "sheets_sync/web/static/adopt.js",
    "sheets_sync/web/templates/adopt.html.j2",
    "sheets_sync/demo/panel/templates/panel.html.j2",
    "sheets_sync/local_google/page/templates/book.html.j2",
)


def main() -> None:
    """Builds, looks, runs."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        subprocess.run(
            [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(place), str(ROOT)],
            check=True,
        )
        [wheel] = place.glob("*.whl")
        with zipfile.ZipFile(wheel) as archive:
            missing = [name for name in WANTED if name not in archive.namelist()]
            if missing:
                sys.exit(f"The wheel lacks {', '.join(missing)}")
            archive.extractall(place / "installed")
        environment = {**os.environ, "PYTHONPATH": str(place / "installed")}
        demo = [sys.executable, "-m", "sheets_sync", "--json", "demo", "--dir", str(place / "demo")]
        subprocess.run(demo, check=True, cwd=place, env=environment, stdout=subprocess.DEVNULL)
        print(f"{wheel.name}: {wheel.stat().st_size // 1024} KB, complete, and its demo runs")


if __name__ == "__main__":
    main()
