"""A browser for a WSGI application in the same process: it keeps cookies and speaks JSON. The standard library is enough for that."""

import io
import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import quote, unquote, urlencode
from wsgiref.types import WSGIApplication


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: the status, and the JSON of the body (None when there is none)."""

    status: int
    body: Any


class WSGIBrowser:
    """One person's browser; may be used by several threads."""

    def __init__(self, app: WSGIApplication) -> None:
        self._app = app
        self.cookies: dict[str, str] = {}

    def send(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        query: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        """Send one request and wait for the whole reply."""
        content = b"" if body is None else json.dumps(body).encode()
        status: list[str] = []

        def start(line: str, answered: list[tuple[str, str]], _failure: object = None) -> Any:
            status.append(line)
            self._keep(value for name, value in answered if name.lower() == "set-cookie")

        answer = self._app(self._environment(method, path, content, query or {}, headers or {}), start)
        try:
            text = b"".join(answer)
        finally:
            if hasattr(answer, "close"):
                answer.close()
        return Reply(int(status[-1].partition(" ")[0]), json.loads(text) if text else None)

    def _environment(
        self, method: str, path: str, content: bytes, query: Mapping[str, str], headers: Mapping[str, str]
    ) -> dict[str, Any]:
        environment: dict[str, Any] = {
            "REQUEST_METHOD": method,
            "SCRIPT_NAME": "",
            # WSGI wants the bytes of the path as Latin-1 characters (PEP 3333).
            "PATH_INFO": unquote(quote(path), "latin-1"),
            "QUERY_STRING": urlencode(query),
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": "localhost",
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(content),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }
        if content:
            environment |= {"CONTENT_TYPE": "application/json", "CONTENT_LENGTH": str(len(content))}
        if self.cookies:
            environment["HTTP_COOKIE"] = "; ".join(f"{name}={value}" for name, value in list(self.cookies.items()))
        return environment | {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()}

    def _keep(self, set_cookies: Iterable[str]) -> None:
        for text in set_cookies:
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(text).items()}
