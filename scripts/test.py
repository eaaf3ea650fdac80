"""`python3 scripts/test.py`: all tests, on every core; further arguments go to pytest."""

import sys

from environment import hand_over, prepared

hand_over(prepared("requirements-dev.lock"), "-m", "pytest", "-n", "auto", "--dist", "loadscope", *sys.argv[1:])
