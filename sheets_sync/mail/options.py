"""mail.yaml: the mail server and how patient we are with it. The login comes from the environment, never from YAML."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import pydantic
from pydantic_settings import BaseSettings, SettingsConfigDict

from sheets_sync.config.address import AddressText
from sheets_sync.config.path_setting import PathSetting
from sheets_sync.config.yaml_file import Config
from sheets_sync.errors import ConfigError
from sheets_sync.model import msg
from sheets_sync.model.address import Recipient, recipient
from sheets_sync.model.foreign import said_by


class Security(StrEnum):
    """How the connection is protected."""

    STARTTLS = "starttls"  # begins in the clear and must turn to TLS; usually port 587
    TLS = "tls"  # TLS from the first byte; usually port 465
    NONE = "none"  # for a server on this machine only


WORDS = 400_000  # bytes of a message without its files, at the most
Wait = Annotated[float, pydantic.Field(gt=0, le=366 * 24 * 60)]


class MailOptions(Config):
    """mail.yaml."""

    host: str = "localhost"
    port: int = pydantic.Field(587, ge=1, le=65535)
    security: Security = Security.STARTTLS
    ca_file: PathSetting = None  # certificates to trust besides the system's, e.g. of an office's own server
    username: str = ""  # at the mail server; empty: it wants no login
    password_file: PathSetting = None  # holds the password
    sender: AddressText = "Laporan Perpustakaan <laporan@example.org>"
    reply_to: AddressText | None = None
    timeout: float = pydantic.Field(30, gt=0, le=3600)  # seconds for each answer of the server
    final_timeout: float = pydantic.Field(300, gt=0, le=3600)  # seconds for its answer to a whole message
    daily_allowance: int = pydantic.Field(2000, ge=1)  # messages in 24 hours
    give_up_days: float = pydantic.Field(5, gt=0, le=366)  # how long a message that the server puts off is tried again
    # Of a message as it is sent; what most servers take, Gmail's takes 25.
    largest_mb: float = pydantic.Field(10, ge=1, le=1000)
    # Before the second try, the third …; the last holds for all that follow.
    waits_minutes: tuple[Wait, ...] = pydantic.Field((5, 15, 60, 180, 360, 720), min_length=1)

    @property
    def from_(self) -> Recipient:
        return recipient(self.sender)

    @property
    def room(self) -> int:
        """Bytes of a message that its files may take: what it says, with its charts, needs some, too."""
        return round(self.largest_mb * 1_000_000) - WORDS

    @property
    def replies(self) -> Recipient | None:
        return recipient(self.reply_to) if self.reply_to else None

    @pydantic.field_validator("security")
    @classmethod
    def _protected(cls, security: Security, info: pydantic.ValidationInfo) -> Security:
        if security is Security.NONE and info.data.get("host") not in ("localhost", "127.0.0.1", "::1"):
            raise ValueError(msg("starttls or tls, unless the mail server is localhost"))
        return security


class OwnMail(Config):
    """`mail.yaml` of one office among several: who its mails come from. The server is one for all."""

    sender: AddressText | None = None
    reply_to: AddressText | None = None


class MailLogin(BaseSettings):
    """`SHEETS_SYNC_SMTP_USERNAME` and `SHEETS_SYNC_SMTP_PASSWORD`, or `…_PASSWORD_FILE` naming a file that holds it."""

    model_config = SettingsConfigDict(
        env_prefix="SHEETS_SYNC_SMTP_", extra="ignore", frozen=True, hide_input_in_errors=True
    )

    username: str = ""
    password: pydantic.SecretStr = pydantic.SecretStr("")
    password_file: Path | None = None

    def secret(self) -> str:
        """The password.

        Raises:
            ConfigError: the file that should hold it can't be read.
        """
        if self.password_file is None:
            return self.password.get_secret_value()
        try:
            return self.password_file.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError(
                msg(
                    "The mail password file {path} can't be read: {problem}",
                    path=self.password_file,
                    problem=said_by(error),
                )
            ) from error


def login_of(options: MailOptions, said: MailLogin) -> MailLogin:
    """The login that the environment says, else the one of mail.yaml."""
    unsaid = said.password_file is None and not said.password.get_secret_value()
    password_file = options.password_file if unsaid else said.password_file
    return said.model_copy(update={"username": said.username or options.username, "password_file": password_file})
