"""People talk about a record: at a desk and on a phone, with the keyboard alone, and the one who is mentioned finds the way there."""

from collections.abc import Callable, Mapping

import pytest
from playwright.sync_api import expect

from tests.e2e.looking import faults
from tests.e2e.site import Site
from tests.e2e.visitors import DESK, PHONE, Visitor

BUDGET = "cost_centre.budget"


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_somebody_is_asked_in_a_discussion_and_answers(
    site: Site, visitors: Callable[..., Visitor], size: Mapping[str, int]
):
    phone = size is PHONE
    cost = visitors(site, "cost", size=size)
    page = cost.go(f"/r/{BUDGET}/{site.company.ids['budget']}")
    page.get_by_role("tab", name="讨论").click()
    expect(page.get_by_text("还没有人发言")).to_be_visible()
    assert faults(page, phone=phone) == []

    page.get_by_role("textbox", name="写评论").focus()
    page.keyboard.type("请 @zjj")
    expect(page.get_by_role("option", name="周建军")).to_be_visible()
    page.keyboard.press("Enter")
    page.keyboard.type("看看钢材的单价")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("article", name="薛慧的评论")).to_contain_text("@周建军 看看钢材的单价")
    assert faults(page, phone=phone) == []

    manager = visitors(site, "manager", size=size)
    there = manager.go("/")
    there.get_by_role("link", name="薛慧 在").click()
    asked = there.get_by_role("article", name="薛慧的评论")
    expect(asked).to_be_focused()
    asked.get_by_role("button", name="回复").press("Enter")
    there.keyboard.type("偏高，请再询一家")
    there.keyboard.press("Control+Enter")
    expect(there.get_by_role("article", name="周建军的评论")).to_contain_text("偏高")
    assert faults(there, phone=phone) == []
