"""A mail server on this machine, for the demo, tests and benchmarks. Needs the extra `demo`."""

from sheets_sync.demo.mailbox.server import Login, Mailbox

__all__ = ["Login", "Mailbox"]
