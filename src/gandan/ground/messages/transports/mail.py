"""E-mail by any SMTP server. The Message-ID comes from the message's key, so that a second copy is known as one."""

import hashlib
import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP

from gandan.ground.messages.operations import Held
from gandan.ground.messages.rules import Trouble
from gandan.ground.messages.transports.trying import Enclosure, NotSent

TIMEOUT = 30.0
PLAIN, STARTTLS, TLS = "none", "starttls", "tls"


@dataclass(frozen=True)
class Server:
    """Where e-mail is handed in, and in whose name."""

    host: str
    port: int
    sender: str
    tls: str = PLAIN
    user: str = ""
    password: str = ""

    @property
    def domain(self) -> str:
        return self.sender.rpartition("@")[2].strip(" >")


class Mail:
    """A connection to the server, opened with the first message."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.open: smtplib.SMTP | None = None

    def send(self, held: Held, enclosure: Enclosure | None, timestamp: int) -> str:
        letter = composed(held, enclosure, self.server)
        connection = self._connected()
        try:
            refused = connection.send_message(letter, self.server.sender, [held.recipient])
        except smtplib.SMTPRecipientsRefused as error:
            code, said = next(iter(error.recipients.values()))
            self._reset()
            raise NotSent(_by_code(code), _said(code, said)) from error
        except smtplib.SMTPResponseException as error:
            self._reset()
            raise NotSent(_by_code(error.smtp_code), _said(error.smtp_code, error.smtp_error)) from error
        except (smtplib.SMTPServerDisconnected, OSError) as error:
            self.close()
            raise NotSent(Trouble.AWAY, str(error)) from error
        except (smtplib.SMTPException, ValueError) as error:
            self._reset()
            raise NotSent(Trouble.REFUSED, str(error)) from error
        assert not refused
        return str(letter["Message-ID"])

    def close(self) -> None:
        if self.open is not None:
            with suppress(smtplib.SMTPException, OSError):
                self.open.quit()
            self.open = None

    def _connected(self) -> smtplib.SMTP:
        if self.open is None:
            try:
                self.open = self._connect()
            except smtplib.SMTPAuthenticationError as error:  # the site's trouble, not the message's
                raise NotSent(Trouble.AWAY, _said(error.smtp_code, error.smtp_error)) from error
            except (smtplib.SMTPException, OSError) as error:
                raise NotSent(Trouble.AWAY, str(error)) from error
        return self.open

    def _connect(self) -> smtplib.SMTP:
        server = self.server
        if server.tls == TLS:
            made: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, timeout=TIMEOUT, context=ssl.create_default_context(), local_hostname=server.domain
            )
        else:
            made = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT, local_hostname=server.domain)
        try:
            if server.tls == STARTTLS:
                made.starttls(context=ssl.create_default_context())
            if server.user:
                made.login(server.user, server.password)
        except BaseException:
            made.close()
            raise
        return made

    def _reset(self) -> None:
        if self.open is not None:
            try:
                self.open.rset()
            except (smtplib.SMTPException, OSError):
                self.close()


def composed(held: Held, enclosure: Enclosure | None, server: Server) -> EmailMessage:
    """Return the letter as it goes over the wire."""
    letter = EmailMessage(policy=SMTP)
    letter["From"], letter["To"], letter["Subject"] = server.sender, held.recipient, held.content.subject
    letter["Message-ID"] = f"<{hashlib.sha256(held.key.encode()).hexdigest()[:40]}@{server.domain}>"
    letter["Content-Language"] = held.language
    letter["Auto-Submitted"] = "auto-generated"  # so that no absence answers it
    letter.set_content(held.content.text)
    if enclosure is not None:
        main, _, sub = enclosure.media_type.partition("/")
        letter.add_attachment(enclosure.content, maintype=main, subtype=sub, filename=enclosure.name)
    return letter


def _by_code(code: int) -> Trouble:
    return Trouble.REFUSED if code >= 500 else Trouble.LATER


def _said(code: int, words: bytes | str) -> str:
    return f"{code} {words.decode(errors='replace') if isinstance(words, bytes) else words}"
