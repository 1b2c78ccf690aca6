"""A sheet is filled on a building site, on a telephone."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.filling import field, fill_field, pick
from tests.e2e.looking import faults
from tests.e2e.site import Site
from tests.e2e.visitors import PHONE, Visitor


def test_a_sheet_is_filled_and_submitted_on_a_phone(site: Site, visitors: Callable[..., Visitor]):
    clerk = visitors(site, "clerk", size=PHONE)
    page = clerk.go("/")

    clerk.button("新建").tap()
    page.get_by_role("dialog").get_by_role("link", name="点工单").tap()
    for label, text, title in (
        ("项目", "bhhy", "滨河花园一期住宅工程"),
        ("班组", "lgyb", "零工一班"),
        ("成本科目", "0201", "点工"),
    ):
        pick(page, field(page, label), text, title)
    fill_field(page, "部位", "地下室")
    for row, worker in enumerate(("赵铁柱", "孙小满"), 1):
        clerk.button("添加明细").tap()
        pick(page, card(page, row).get_by_role("combobox", name="工人"), worker, worker)
    card(page, 2).get_by_role("textbox", name="上班工时").fill("4")

    expect(page.get_by_text("430.00").first).to_be_visible()
    assert faults(page, phone=True) == []
    clerk.button("提交审批").tap()
    expect(page.get_by_role("heading", level=1)).to_contain_text("DG-P01-")
    assert faults(page, phone=True) == []


def card(page: Page, row: int):
    return page.get_by_role("region", name="明细").get_by_role("listitem").nth(row - 1)
