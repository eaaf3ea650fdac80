"""Where the project's own files are, for tests that read them, and how tests write some of their own."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CONFIG = ROOT / "config"
SCRIPTS = ROOT / "scripts"


def write(path: Path, text: str) -> None:
    """A file with this text, in a folder that is made where there is none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
