"""`python3 scripts/demo.py`: the whole job on this machine, without any account."""

import sys

from environment import hand_over, prepared

hand_over(prepared("requirements.lock"), "-m", "sheets_sync", "demo", *sys.argv[1:])
