"""What must not happen while somebody uses the product, whatever the test is about."""

from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response

QUIET = {"debug", "info", "log", "startGroup", "endGroup", "timeEnd"}
BEAT = 50
"""Milliseconds between two looks at what is still on its way."""
PATIENCE = 30_000
"""Milliseconds until something that should be seen is missing: long, because how fast a machine is says nothing about what is right."""


class Watch:
    """Looks at everything a browser does: console, errors of scripts, other hosts, failures of the server."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self._host = urlsplit(address).netloc
        self.seen: list[str] = []
        self.pending = 0
        self._expected: set[int] = set()
        context.on("page", self._page)
        context.on("request", self._request)
        context.on("response", self._response)
        context.on("requestfinished", self._over)
        context.on("requestfailed", self._over)

    def expect(self, *statuses: int) -> None:
        """Say which refusals belong to the story: the browser writes each into its console."""
        self._expected |= set(statuses)

    def _page(self, page: Page) -> None:
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.seen.append(f"error of a script: {error}"))

    def _console(self, message: ConsoleMessage) -> None:
        refused = "the server responded with a status of {} "
        told = any(refused.format(status) in message.text for status in self._expected)
        if message.type not in QUIET and not told:
            self.seen.append(f"console {message.type}: {message.text} ({message.location['url']})")

    def _over(self, _request: Request) -> None:
        self.pending -= 1

    def _request(self, request: Request) -> None:
        self.pending += 1
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.netloc != self._host:
            self.seen.append(f"another host: {request.url}")

    def _response(self, response: Response) -> None:
        if response.status >= 500:
            self.seen.append(f"{response.status} from {response.request.method} {response.url}")
