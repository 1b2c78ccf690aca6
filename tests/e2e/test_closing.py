"""Finance closes a month, and opens it again for a reason."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.e2e.looking import faults
from tests.e2e.site import Site
from tests.e2e.visitors import DESK, PHONE, Visitor


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_period_is_closed_and_opened_again_with_the_keyboard(
    site: Site, visitors: Callable[..., Visitor], size: dict[str, int]
):
    admin = visitors(site, "admin", size=size, language="en")
    page = admin.go("/closings")
    table = page.get_by_role("table").first

    table.get_by_role("button", name="Close 20").first.press("Enter")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Period").fill("2020-01")
    dialog.get_by_role("button", name="Close 2020-01").press("Enter")
    expect(table.get_by_role("button", name="Reopen")).to_have_count(1)
    closed = faults(page, phone=size is PHONE)
    table.get_by_role("button", name="Reopen").press("Enter")
    reason = dialog.get_by_label("Reason")
    expect(dialog.get_by_role("button", name="Reopen")).to_be_disabled()
    reason.fill("A late bill")
    asked = faults(page, phone=size is PHONE)
    dialog.get_by_role("button", name="Reopen").press("Enter")

    expect(page.get_by_text("is open again").first).to_be_visible()
    assert (closed, asked) == ([], [])
