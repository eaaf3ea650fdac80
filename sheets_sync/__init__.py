"""Reads the Google Sheets librarians keep, checks and scores them, fills in Rekap and mails the monthly reports."""

__version__ = "0.1.0"
