"""Connections to a mail server on which an answer has a deadline as a whole.

A timeout of a socket begins anew with every byte: a server that says one now and then would be waited for without end,
and so would one whose answer goes on and on.
"""

from __future__ import annotations

import contextlib
import smtplib
import socket
from threading import Timer


class InTime(smtplib.SMTP):
    """A connection on which a whole answer has to come in the time that a socket gives each byte of it."""

    def getreply(self) -> tuple[int, bytes]:
        """The server's answer.

        Raises:
            TimeoutError: it was not there in time.
        """
        late = list[bool]()
        watch = Timer((self.sock and self.sock.gettimeout()) or self.timeout, self._give_up, [late])
        watch.daemon = True
        watch.start()
        try:
            answer = super().getreply()
        except (OSError, smtplib.SMTPException):
            if not late:
                raise
        finally:
            watch.cancel()
        if late:  # what was there by then looks like an answer, and is not one
            raise TimeoutError("timed out")
        return answer

    def _give_up(self, late: list[bool]) -> None:
        late.append(True)
        if self.sock is not None:
            with contextlib.suppress(OSError):  # it is closed already
                self.sock.shutdown(socket.SHUT_RDWR)


class InTimeOverTls(InTime, smtplib.SMTP_SSL):
    """The same, protected from the first byte."""
