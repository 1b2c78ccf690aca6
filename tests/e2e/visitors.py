"""Somebody at a browser of their own."""

import re
from collections.abc import Mapping
from typing import Any

from playwright.sync_api import Browser, Locator, Page, expect

from engine.services.scenarios import ENTRY_WORD
from tests.e2e.watching import BEAT, PATIENCE, Watch

DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}


class Visitor:
    """A browser with one window. `language` is zh-CN or en, `theme` light or dark, `size` in CSS pixels."""

    def __init__(
        self,
        browser: Browser,
        address: str,
        *,
        language: str = "zh-CN",
        theme: str = "light",
        size: Mapping[str, int] = DESK,
    ) -> None:
        phone = size["width"] < 600
        self.context = browser.new_context(
            base_url=address,
            locale=language,
            color_scheme="dark" if theme == "dark" else "light",
            viewport={"width": size["width"], "height": size["height"]},
            timezone_id="Asia/Shanghai",
            reduced_motion="reduce",
            has_touch=phone,
            is_mobile=phone,
            permissions=["clipboard-read", "clipboard-write"],
        )
        self.context.set_default_timeout(PATIENCE)
        self.watch = Watch(self.context, address)
        self.page: Page = self.context.new_page()

    def sign_in(self, login: str, word: str = ENTRY_WORD) -> None:
        """Sign in on the sign-in page."""
        self.page.goto("/sign-in")
        form = self.page.locator("form")
        form.locator("[name=login]").fill(login)
        form.locator("[name=password]").fill(word)
        form.locator("[name=password]").press("Enter")
        expect(self.page).to_have_url(re.compile(r"/$"))

    def go(self, path: str) -> Page:
        """Open an address and wait until what it shows is there."""
        self.page.goto(path)
        self.settle()
        return self.page

    def settle(self) -> None:
        """Wait until nothing is being loaded any more: no request on its way, no skeleton in sight, twice in a row."""
        quiet = 0
        for _ in range(PATIENCE // BEAT):
            self.page.wait_for_timeout(BEAT)
            busy = self.watch.pending or self.page.locator(".fw-skeleton").count()
            quiet = 0 if busy else quiet + 1
            if quiet == 2:
                return
        raise AssertionError(f"{self.page.url} is still loading after {PATIENCE} ms: {self.watch.pending} requests")

    def button(self, name: str) -> Locator:
        """Return the button with exactly this name."""
        return self.page.get_by_role("button", name=name, exact=True)

    def ask(self, path: str) -> Any:
        """Return what the API answers this person's browser."""
        return self.context.request.get(f"/api/v1{path}").json()

    def close(self) -> None:
        """Close the browser."""
        self.context.close()
