"""Mail through an SMTP server."""

import smtplib
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from engine.services.ports import Message


class SMTPMailer:
    """Sends over `smtp://user:password@host:port?from=address` or `smtps://`; the message key becomes its Message-ID."""

    def __init__(self, url: str) -> None:
        self._url = urlsplit(url)
        options = dict(pair.split("=", 1) for pair in self._url.query.split("&") if "=" in pair)
        self._sender = unquote(options.get("from", "formwork@localhost"))

    def send(self, message: Message) -> None:
        """Send one mail. Raises OSError or smtplib.SMTPException (an OSError too) when the server does not take it."""
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = self._sender, message.to, message.subject
        mail["Message-ID"] = f"<{message.key}@formwork>"
        mail.set_content(message.body)
        with self._connect() as server:
            if self._url.username:
                server.login(unquote(self._url.username), unquote(self._url.password or ""))
            server.send_message(mail)

    def _connect(self) -> smtplib.SMTP:
        kind = smtplib.SMTP_SSL if self._url.scheme == "smtps" else smtplib.SMTP
        return kind(self._url.hostname or "localhost", self._url.port or 0, timeout=20)
