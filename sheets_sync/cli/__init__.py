"""The commands: thin over the library, each imported only when it is used."""

from sheets_sync.cli.group import main

__all__ = ["main"]
