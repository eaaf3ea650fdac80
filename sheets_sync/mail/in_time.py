"""Connections to a mail server on a wire with deadlines: a whole answer has one, and a message takes as long as its line is slow."""

from __future__ import annotations

import smtplib
from typing import Any

from sheets_sync.wire import TimedFile, parts


class InTime(smtplib.SMTP):
    """A connection on which a whole answer has to come in the time that the socket's timeout is."""

    def getreply(self) -> tuple[int, bytes]:
        """The server's answer.

        Raises:
            TimeoutError: it was not there in time.
            SMTPServerDisconnected: the connection broke before.
        """
        assert self.sock is not None
        seconds = self.sock.gettimeout() or self.timeout
        self.file = self.file or TimedFile(self.sock)
        self.file.within(seconds)
        try:
            return super().getreply()
        except smtplib.SMTPServerDisconnected as error:
            if isinstance(error.__context__, TimeoutError):
                raise error.__context__ from None
            raise
        finally:
            if self.sock is not None:
                self.sock.settimeout(seconds)

    def send(self, s: Any) -> None:
        """Sends a text as it is, or a long message in parts."""
        for part in parts(s) if isinstance(s, bytes) else [s]:
            super().send(part)


class InTimeOverTls(InTime, smtplib.SMTP_SSL):
    """The same, protected from the first byte."""
