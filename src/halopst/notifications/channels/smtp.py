"""E-mail by SMTP. One connection per thread is kept open between letters."""

import smtplib
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from urllib.parse import parse_qs, unquote, urlsplit

from halopst.notifications.channels import Attachment, Declined, Mail, Offer, OutcomeUnknown, Unreached
from halopst.notifications.rules import one_line

TIMEOUT = 30
IDLE = 20


@dataclass(frozen=True, kw_only=True)
class Server:
    """Read from an address such as `smtp://user:secret@mail.example:587/?tls=starttls`.

    `smtps` speaks TLS from the first byte; `smtp` starts it on request unless `tls=none`.
    """

    host: str
    port: int
    user: str
    password: str
    tls: str

    @classmethod
    def at(cls, url: str) -> "Server":
        parts = urlsplit(url)
        implicit = parts.scheme == "smtps"
        if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
            raise ValueError("HALOPST_SMTP_URL harus berbentuk smtp://pengguna:sandi@host:587")
        asked = parse_qs(parts.query).get("tls", ["starttls"])[0]
        return cls(
            host=parts.hostname,
            port=parts.port or (465 if implicit else 587),
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            tls="implicit" if implicit else asked,
        )


class SmtpSender:
    def __init__(self, server: Server, from_address: str) -> None:
        self.server = server
        self.from_address = from_address
        self._local = threading.local()

    def send(self, letter: Mail, offer: Offer) -> str:
        message = compose(letter, self.from_address)
        line = self._ready()
        try:
            _address(line, self.from_address, letter.to)
        except smtplib.SMTPServerDisconnected:
            line = self._connect()
            _address(line, self.from_address, letter.to)
        offer()
        try:
            code, answer = line.data(message.as_bytes(policy=SMTP))
        except smtplib.SMTPDataError as refusal:
            raise Declined(str(refusal.smtp_code), _words(refusal.smtp_error)) from refusal
        except (OSError, smtplib.SMTPException) as broken:
            self._drop()
            raise OutcomeUnknown(type(broken).__name__) from broken
        if code >= 400:  # noqa: PLR2004  # SMTP says no from 400 on
            raise Declined(str(code), _words(answer))
        self._local.used = time.monotonic()
        return letter.message_id

    def _ready(self) -> smtplib.SMTP:
        line: smtplib.SMTP | None = getattr(self._local, "line", None)
        if line is not None and time.monotonic() - self._local.used < IDLE:
            with suppress(OSError, smtplib.SMTPException):
                line.rset()
                return line
        self._drop()
        return self._connect()

    def _connect(self) -> smtplib.SMTP:
        try:
            self._local.line = dial(self.server)
        except smtplib.SMTPResponseException as refusal:
            raise Unreached(f"{refusal.smtp_code} {_words(refusal.smtp_error)}") from refusal
        except (OSError, smtplib.SMTPException) as broken:
            raise Unreached(type(broken).__name__) from broken
        self._local.used = time.monotonic()
        line: smtplib.SMTP = self._local.line
        return line

    def _drop(self) -> None:
        line: smtplib.SMTP | None = self._local.__dict__.pop("line", None)
        if line is not None:
            line.close()


def _recipient(letter: Mail) -> Address:
    try:
        return Address(one_line(letter.to_name), addr_spec=letter.to)
    except (ValueError, MessageError) as broken:
        raise Declined("address", type(broken).__name__) from broken


def dial(server: Server) -> smtplib.SMTP:
    """An open, encrypted and signed-in line, as the address asks."""
    if server.tls == "implicit":
        line: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=TIMEOUT)
    else:
        line = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT)
        if server.tls == "starttls":
            line.starttls()
    if server.user:
        line.login(server.user, server.password)
    return line


def _address(line: smtplib.SMTP, sender: str, to: str) -> None:
    """Name sender and recipient; nothing is handed over yet, so every failure here is safe to repeat."""
    try:
        line.ehlo_or_helo_if_needed()
        for code, answer in (line.mail(sender), line.rcpt(to)):
            if code >= 400:  # noqa: PLR2004  # SMTP says no from 400 on
                raise Declined(str(code), _words(answer))
    except smtplib.SMTPServerDisconnected:
        raise
    except (OSError, smtplib.SMTPException) as broken:
        raise Unreached(type(broken).__name__) from broken


def _words(answer: bytes | str) -> str:
    return (answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer)[:200]


def compose(letter: Mail, from_address: str) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["Subject"] = letter.subject
    message["From"] = Address(one_line(letter.from_name), addr_spec=from_address)
    message["To"] = _recipient(letter)
    message["Date"] = format_datetime(letter.date)
    message["Message-ID"] = letter.message_id
    message["Auto-Submitted"] = "auto-generated"
    if letter.reply_to:
        message["Reply-To"] = letter.reply_to
    if letter.unsubscribe_url:
        message["List-Unsubscribe"] = f"<{letter.unsubscribe_url}>"
    message.set_content(letter.text)
    if letter.html:
        message.add_alternative(letter.html, subtype="html")
    for file in letter.attachments:
        _enclose(message, file)
    return message


def _enclose(message: EmailMessage, file: Attachment) -> None:
    kind, _, parameters = file.content_type.partition(";")
    main, _, sub = kind.strip().partition("/")
    pairs = (pair.partition("=") for pair in parameters.split(";") if pair.strip())
    message.add_attachment(
        file.content,
        maintype=main,
        subtype=sub,
        filename=file.name,
        params={key.strip(): value.strip() for key, _, value in pairs},
    )
