"""`python3 scripts/lock.py`: writes the two hash-locked requirement files anew from pyproject.toml (needs uv)."""

import subprocess

from environment import ROOT

COMPILE = ["uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11", "--generate-hashes"]
PLAIN = ["--no-header", "--no-emit-index-url", "--no-emit-find-links", "--no-annotate"]
WANTED = {
    "requirements.lock": ["--extra", "demo"],
    "requirements-dev.lock": ["--extra", "demo", "--extra", "postgres", "--group", "dev"],
}

for name, selection in WANTED.items():
    subprocess.run([*COMPILE, *PLAIN, *selection, "pyproject.toml", "-o", name], cwd=ROOT, check=True)
