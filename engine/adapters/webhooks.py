"""Webhooks that go out: signed HTTP requests."""

import http.client
import ssl
from datetime import datetime
from urllib.parse import urlsplit

from engine.services.ports import Call
from engine.services.signatures import KEY_HEADER, SIGNATURE_HEADER, TIMESTAMP_HEADER, sign

TIMEOUT_SECONDS = 10


class HTTPCaller:
    """Sends with POST and follows no redirection: what is signed for one address is for nobody else."""

    def call(self, call: Call, now: datetime) -> None:
        """Send, and raise OSError for every answer that is not 2xx, or for none."""
        timestamp = str(int(now.timestamp()))
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "User-Agent": "Formwork",
            TIMESTAMP_HEADER: timestamp,
            SIGNATURE_HEADER: sign(call.secret, timestamp, call.body),
            KEY_HEADER: call.key,
        }
        address = urlsplit(call.url)
        connection = _connection(address.scheme, address.hostname or "", address.port)
        try:
            path = (address.path or "/") + (f"?{address.query}" if address.query else "")
            connection.request("POST", path, body=call.body, headers=headers)
            status = connection.getresponse().status
        except http.client.HTTPException as error:
            raise OSError(type(error).__name__) from error
        finally:
            connection.close()
        if not 200 <= status < 300:
            raise OSError(f"status {status}")


def _connection(scheme: str, host: str, port: int | None) -> http.client.HTTPConnection:
    if scheme == "https":
        context = ssl.create_default_context()
        return http.client.HTTPSConnection(host, port, timeout=TIMEOUT_SECONDS, context=context)
    return http.client.HTTPConnection(host, port, timeout=TIMEOUT_SECONDS)
