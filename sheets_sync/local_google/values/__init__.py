"""Values: what a person types becomes a value and a number format, and a value and a number format become a text again."""

from sheets_sync.local_google.values.entry import Entry, enter, parse_entry, put_raw
from sheets_sync.local_google.values.locales import Locale, locale_of
from sheets_sync.local_google.values.render import number_format_of, render, shown

__all__ = ["Entry", "Locale", "enter", "locale_of", "number_format_of", "parse_entry", "put_raw", "render", "shown"]
