"""`python3 scripts/test.py`: all tests, on every core; further arguments go to pytest.

Where PostgreSQL is installed, or SHEETS_SYNC_TEST_POSTGRES names a server, those that need one run too.
`--store postgresql` runs all tests that have a store once more, with the store there.
"""

import argparse
import os
from contextlib import nullcontext

from environment import hand_over, prepared
from own_postgres import SERVER, own_postgres, programs

parser = argparse.ArgumentParser(description=__doc__, add_help=False)
parser.add_argument("--store", choices=["sqlite", "postgresql"], default="sqlite")
options, further = parser.parse_known_args()
if options.store == "postgresql":
    further += ["--ignore=tests/unit", "--ignore=tests/local_google"]  # none of these has a store
python = prepared("requirements-dev.lock")
workers = (
    str(len(os.sched_getaffinity(0)) + 2) if hasattr(os, "sched_getaffinity") else "auto"
)  # tests wait for servers, too
given = SERVER in os.environ or programs() is None
with nullcontext(os.environ.get(SERVER, "")) if given else own_postgres() as url:
    os.environ |= {"SHEETS_SYNC_TEST_STORE": options.store} | ({SERVER: url} if url else {})
    hand_over(python, "-m", "pytest", "-n", workers, "--dist", "loadscope", "--no-loadscope-reorder", *further)
