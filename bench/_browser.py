"""A running server with the built UI, and Chromium at it: what a person waits for, measured inside the page."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import CDPSession, Page, sync_playwright

from engine.adapters.passwords import Argon2Hasher
from engine.app import create_installation
from engine.services.publications import publish_documents
from engine.services.setup import system_context
from engine.settings import Settings
from engine.storage import head
from engine.storage.accounts import Accounts

ADMIN, ENTRY_WORD = "admin", "for measurements only"
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking")
DESK = {"width": 1440, "height": 900}
BETWEEN_KEYS = 60
"""Milliseconds between two keys: a fast typist's, so that what waits for a pause of typing does not get one."""

PAUSE = 400
"""Milliseconds, more than a quick request takes."""
KEYS = {"\b": "Backspace"}

WATCHING = """
window.painted = (selector) => new Promise((resolve) => {
  const frame = () => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => resolve(performance.now());
    channel.port2.postMessage(null);
  });
  const there = () => document.querySelector(selector) !== null;
  if (there()) return frame();
  const looking = new MutationObserver(() => { if (there()) { looking.disconnect(); frame(); } });
  looking.observe(document, { childList: true, subtree: true });
});
window.keys = [];
addEventListener("keydown", (event) => requestAnimationFrame(() => {
  const channel = new MessageChannel();
  channel.port1.onmessage = () => window.keys.push(performance.now() - event.timeStamp);
  channel.port2.postMessage(null);
}), true);
window.waited = sessionStorage.getItem("wanted") ? window.painted(sessionStorage.getItem("wanted")) : null;
"""
"""The task that a frame leaves behind runs when the frame is painted: that is when a wait ends."""


@dataclass(frozen=True, slots=True)
class Wait:
    """What one thing took, in seconds: on the clock, and of the processor for the page's main thread, which other work on the machine hardly changes."""

    seconds: float
    busy: float


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody signed in, in a browser of their own."""

    page: Page
    address: str
    tools: CDPSession

    def busy(self) -> float:
        """Return the seconds of processor time that the page's main thread had until now."""
        told = self.tools.send("Performance.getMetrics")["metrics"]
        return next(float(one["value"]) for one in told if one["name"] == "TaskDuration")

    def open(self, path: str, wanted: str) -> Wait:
        """Go to an address as if it were typed, until what is wanted is painted."""
        self.page.evaluate("wanted => sessionStorage.setItem('wanted', wanted)", wanted)
        self.page.goto(self.address + path, wait_until="commit")
        # Another document has another main thread: its time begins at nothing.
        return Wait(float(self.page.evaluate("window.waited")) / 1000, self.busy())

    def click(self, selector: str, wanted: str) -> Wait:
        """Click something inside the page, until what is wanted is painted."""
        self.page.wait_for_selector(selector)
        self.settle()
        script = """async ([selector, wanted]) => {
            const start = performance.now();
            document.querySelector(selector).click();
            return (await window.painted(wanted)) - start;
        }"""
        before = self.busy()
        seconds = float(self.page.evaluate(script, [selector, wanted])) / 1000
        return Wait(seconds, self.busy() - before)

    def type(self, selector: str, text: str) -> list[Wait]:
        """Type into a box, each key for itself, from the key to its frame. What the processor did is shared out among the keys."""
        self.page.locator(selector).first.click()
        self.settle()
        self.page.evaluate("window.keys = []")
        before = self.busy()
        for key in text:
            self.page.keyboard.press(KEYS.get(key, key))
            self.page.wait_for_timeout(BETWEEN_KEYS)
        self.page.wait_for_function("count => window.keys.length === count", arg=len(text))
        busy = (self.busy() - before) / len(text)
        return [Wait(float(one) / 1000, busy) for one in self.page.evaluate("window.keys")]

    def create(self, entity: str, values: Mapping[str, object]) -> str:
        """Store a record through the API and return its id. Raises RuntimeError with the answer of a refusal."""
        token = next(one["value"] for one in self.page.context.cookies() if one["name"] == "formwork_csrf")
        headers = {"X-CSRF-Token": token, "Idempotency-Key": uuid.uuid4().hex}
        path = f"{self.address}/api/v1/records/{entity}"
        answer = self.page.context.request.post(path, data={"values": values}, headers=headers, timeout=120_000)
        if not answer.ok:
            raise RuntimeError(answer.text())
        return str(answer.json()["id"])

    def settle(self) -> None:
        """Let what was begun come to its end, so that it is not measured with what follows."""
        self.page.wait_for_timeout(PAUSE)


@contextmanager
def visiting(address: str) -> Iterator[Visit]:
    """Open a browser and sign in."""
    with sync_playwright() as playwright:
        told = os.environ.get("FORMWORK_CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=told, args=list(FLAGS))
        page = browser.new_page(viewport=DESK, locale="zh-CN", reduced_motion="reduce")
        # What was typed is left behind on purpose: nobody is to be asked about it.
        page.on("dialog", lambda dialog: dialog.accept())
        page.add_init_script(WATCHING)
        page.goto(f"{address}/sign-in")
        page.locator("[name=login]").fill(ADMIN)
        page.locator("[name=password]").fill(ENTRY_WORD)
        page.locator("[name=password]").press("Enter")
        page.wait_for_url(f"{address}/")
        tools = page.context.new_cdp_session(page)
        tools.send("Performance.enable", {"timeDomain": "threadTicks"})
        yield Visit(page, address, tools)
        browser.close()


@contextmanager
def serving(documents: Mapping[str, object]) -> Iterator[str]:
    """Publish a module into an empty SQLite database and serve it as `formwork serve` does until the block ends; give its address."""
    with tempfile.TemporaryDirectory(prefix="formwork-bench-") as folder:
        told = {"FORMWORK_DATABASE_URL": f"sqlite:///{folder}/bench.sqlite", "FORMWORK_FILES_DIR": f"{folder}/files"}
        _found(Settings(database_url=told["FORMWORK_DATABASE_URL"], files_dir=Path(folder, "files")), documents)
        port = _free_port()
        words = [sys.executable, "-m", "engine.cli", "serve", "--port", str(port)]
        process = subprocess.Popen(words, env=os.environ | told, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(address)
            yield address
        finally:
            process.terminate()
            process.wait()


def _found(settings: Settings, documents: Mapping[str, object]) -> None:
    hasher = Argon2Hasher()
    installation = create_installation(settings, hasher=hasher)
    with installation.database.writing() as tx:
        before = head.take_for_publishing(tx)
        publish_documents(installation, system_context(installation), tx, before, documents, "what is measured")
        Accounts(tx).add(ADMIN, ADMIN, hasher.hash(ENTRY_WORD), now=installation.clock.now(), is_admin=True)
    installation.database.close()


def _wait_for(address: str) -> None:
    for _ in range(200):
        with suppress(urllib.error.URLError):
            urllib.request.urlopen(address, timeout=10).close()
            return
        time.sleep(0.1)
    raise RuntimeError("the server did not start")


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
