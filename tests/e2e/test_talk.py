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


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_record_is_shared_explained_and_taken_back(
    site: Site, visitors: Callable[..., Visitor], size: Mapping[str, int]
):
    phone, budget = size is PHONE, site.company.ids["budget"]
    cost, cashier = visitors(site, "cost", size=size), visitors(site, "cashier", size=size)
    assert cashier.ask(f"/records/{BUDGET}/{budget}")["status"] == 404
    page = cost.go(f"/r/{BUDGET}/{budget}")

    cost.button("关于这条记录").press("Enter")
    page.get_by_role("menuitem", name="共享与可见范围").press("Enter")
    panel = page.get_by_test_id("share-panel")
    panel.get_by_role("combobox", name="人员").fill("xx")
    expect(panel.get_by_role("option", name="夏雪")).to_be_visible()
    page.keyboard.press("Enter")
    panel.get_by_role("textbox", name="说明").fill("核对付款")
    page.keyboard.press("Enter")
    expect(panel.get_by_role("button", name="收回给夏雪的共享")).to_be_visible()
    assert faults(page, phone=phone) == []

    there = cashier.go("/")
    there.get_by_role("link", name="薛慧 与您共享了").click()
    expect(there.get_by_role("heading", level=1)).to_contain_text("YS-P01")
    cashier.button("关于这条记录").click()
    there.get_by_role("menuitem", name="为什么能（不能）…？").click()
    told = there.get_by_test_id("explain-panel")
    expect(told.get_by_text("有人共享了这条记录").first).to_be_visible()
    told.get_by_role("combobox", name="操作").select_option(label="修改")
    expect(told.locator("details")).to_have_count(1)
    expect(told.get_by_text("满足下列之一即可")).to_be_visible()
    assert faults(there, phone=phone) == []

    panel.get_by_role("button", name="收回给夏雪的共享").click()
    expect(panel.get_by_text("还没有共享给任何人")).to_be_visible()
    assert cashier.ask(f"/records/{BUDGET}/{budget}")["status"] == 404


def test_an_administrator_is_led_to_the_grant_that_decides(site: Site, visitors: Callable[..., Visitor]):
    admin = visitors(site, "admin")
    page = admin.go(f"/r/{BUDGET}/{site.company.ids['budget']}")
    admin.button("关于这条记录").click()
    page.get_by_role("menuitem", name="为什么能（不能）…？").click()
    panel = page.get_by_test_id("explain-panel")

    panel.get_by_role("combobox", name="人员").fill("zjj")
    expect(panel.get_by_role("option", name="周建军")).to_be_visible()
    page.keyboard.press("Enter")
    panel.get_by_role("combobox", name="操作").select_option(label="查看")
    expect(panel.get_by_text("起决定作用").first).to_be_visible()
    assert faults(page, phone=False) == []
    panel.get_by_role("listitem").filter(has_text="起决定作用").get_by_role("link").last.click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("cost_centre/permissions.json")
