"""Delivers reports by e-mail, each to each recipient once: a mail is claimed in the ledger before the server hears of it."""
