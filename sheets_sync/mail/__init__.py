"""Delivers reports by e-mail: each to each recipient once, through a ledger that is written before the mail server is."""
