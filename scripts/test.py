"""`python3 scripts/test.py`: all tests; further arguments go to pytest."""

import sys

from environment import hand_over, prepared

hand_over(prepared("requirements-dev.lock"), "-m", "pytest", *sys.argv[1:])
