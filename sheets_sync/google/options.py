"""google.yaml: which key to use, and how patient to be."""

from __future__ import annotations

from typing import Literal

import pydantic

from sheets_sync.config.path_setting import PathSetting
from sheets_sync.config.yaml_file import Config


class GoogleOptions(Config):
    """Google allows 60 reads and 60 writes a minute for each account, 300 of each for the accounts of a project together."""

    login: Literal["file", "default"] = "file"  # the key file, or the computer's own: application default credentials
    key_file: str = "service-account.json"  # relative to the configuration folder; SHEETS_SYNC_KEY_FILE replaces it
    client_file: PathSetting = None  # the OAuth client with which a person logs in
    impersonate: str = ""  # a service account to act as with that login
    reads_per_minute: int = pydantic.Field(59, ge=1)  # one is left for a person's command beside the service
    writes_per_minute: int = pydantic.Field(59, ge=1)
    project_reads_per_minute: int = pydantic.Field(295, ge=1)
    project_writes_per_minute: int = pydantic.Field(295, ge=1)
    # Seconds between two requests for one workbook, as Google advises.
    workbook_pause: float = pydantic.Field(1.0, ge=0, le=3600)
    connect_timeout: float = pydantic.Field(10.0, gt=0, le=3600)  # seconds
    read_timeout: float = pydantic.Field(180.0, gt=0, le=3600)  # seconds; Google itself gives up after 180
    # Seconds for a whole answer, however steadily it trickles.
    answer_timeout: float = pydantic.Field(240.0, gt=0, le=3600)
    attempts: int = pydantic.Field(6, ge=1)
    # Seconds all attempts of one request may take together.
    retry_timeout_seconds: float = pydantic.Field(120.0, gt=0, le=3600)
    threads: int = pydantic.Field(4, ge=1)  # offices of a credential at work side by side
    full_read_hours: float = pydantic.Field(24.0, gt=0, le=8784)  # everything is read again this often, changed or not
