"""Every screen, in both themes, both languages, on a desk and on a phone."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.looking import faults
from tests.e2e.site import Site
from tests.e2e.visitors import DESK, PHONE, Visitor

SHEET = "day_labour.day_sheet"
SCREENS = (
    "/",
    "/inbox",
    "/inbox?box=done",
    "/inbox?box=started",
    "/inbox?box=copied",
    "/v/day_labour.day_sheets",
    "/v/organisation.cost_codes",
    "/v/funds.contracts?q=nothing",
    "/v/day_labour.work_hours_by_trade",
    f"/r/{SHEET}/new",
    f"/r/{SHEET}/{{sheet.0}}",
    f"/r/{SHEET}/{{sheet.2}}/edit",
    "/r/funds.payment_request/{request}",
    "/d/cost_centre.cost",
    "/d/day_labour.day_labour",
    "/d/funds.funds",
    "/d/progress.progress",
    "/departments",
    "/accounts",
    "/closings",
    "/designer",
    "/designer?tab=publications",
    *(
        f"/designer/day_labour?tab={tab}"
        for tab in ("entities", "relations", "flows", "documents", "problems", "changes")
    ),
    "/designer/day_labour/document?path=day_labour/flows/day_sheet.json",
    "/nowhere",
)
LOOKS = {
    "desk-light-zh": {"size": DESK, "theme": "light", "language": "zh-CN"},
    "desk-dark-en": {"size": DESK, "theme": "dark", "language": "en"},
    "phone-light-en": {"size": PHONE, "theme": "light", "language": "en"},
    "phone-dark-zh": {"size": PHONE, "theme": "dark", "language": "zh-CN"},
}


@pytest.mark.parametrize("look", LOOKS)
def test_every_screen_is_fit_to_be_looked_at(look: str, showroom: Site, visitors: Callable[..., Visitor]):
    looks: dict[str, Any] = LOOKS[look]
    stranger = visitors(showroom, **looks)
    phone = looks["size"] is PHONE
    wrong = {"/sign-in": faults(stranger.go("/sign-in"), phone=phone)}

    stranger.sign_in("admin")
    for screen in SCREENS:
        page = stranger.go(re.sub(r"\{(.*?)\}", lambda name: showroom.company.ids[name[1]], screen))
        wrong[screen] = faults(page, phone=phone)

    assert {screen: found for screen, found in wrong.items() if found} == {}


def test_the_language_switches_without_a_reload_and_keeps_what_was_typed(site: Site, visitors: Callable[..., Visitor]):
    clerk = visitors(site, "clerk")
    page = clerk.go(f"/r/{SHEET}/new")
    page.get_by_role("textbox", name="部位").fill("屋面")
    page.evaluate("window.here = true")

    clerk.button("语言").click()
    page.get_by_role("menuitemradio", name="English").click()

    expect(page.get_by_role("textbox", name="Location")).to_have_value("屋面")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("New", re.IGNORECASE))
    assert re.findall(r"[一-鿿]+", page.get_by_role("navigation").first.inner_text()) == []
    assert page.evaluate("window.here") is True


def test_the_theme_is_remembered(site: Site, visitors: Callable[..., Visitor]):
    clerk = visitors(site, "clerk")
    page = clerk.go("/")

    clerk.button("显示").click()
    page.get_by_role("menuitemradio", name="深色").click()
    clerk.go("/inbox")

    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
