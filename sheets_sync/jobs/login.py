"""A person lets us in at Google, or takes that back."""

from __future__ import annotations

from sheets_sync.config.office import Office
from sheets_sync.google import GoogleClient
from sheets_sync.google.key_file import load_key
from sheets_sync.google.person_login import LoginOrder, log_in, log_out, note_account
from sheets_sync.settings import Settings


def login(settings: Settings, office: Office, order: LoginOrder) -> str:
    """Waits for the person's consent, tries it at Google, and keeps it; the account's address.

    Raises:
        UsageError: the configuration names no OAuth client.
        KeyFileError: the person or Google did not let us in.
    """
    key_file, endpoint = settings.key_file(office), settings.environment.google_endpoint
    log_in(settings.google, key_file, endpoint, order)
    client = GoogleClient(load_key(key_file), settings.google, endpoint)
    try:
        client.login()
    finally:
        client.close()
    if not settings.google.impersonate:
        note_account(key_file, client.account)
    return client.account


def logout(settings: Settings, office: Office) -> None:
    """Takes the login back at Google and deletes it here.

    Raises:
        KeyFileError: there is none, or Google can't be reached.
    """
    log_out(settings.google, settings.key_file(office), settings.environment.google_endpoint)
