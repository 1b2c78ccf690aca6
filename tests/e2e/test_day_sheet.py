"""A day sheet from the clerk's keyboard to the cost dashboard and back."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.company import NAMES
from tests.e2e.filling import cell, choose_reference, fill_field, overtype, paste_block, pick, shown
from tests.e2e.site import Site
from tests.e2e.visitors import Visitor

DASHBOARD = "/d/cost_centre.cost"


def test_a_day_sheet_is_returned_corrected_agreed_counted_and_taken_back(
    either_site: Site, visitors: Callable[..., Visitor]
):
    clerk, manager, cost = (visitors(either_site, login) for login in ("clerk", "manager", "cost"))
    before = figure(cost)

    number = write_sheet(clerk)
    send_back(manager, number)
    correct(clerk, number)
    for approver in (manager, cost):
        agree(approver, number)

    assert figure(cost) - before == cents("840.00")
    open_down_to_the_sheet(cost, number)

    take_back(manager, number)

    assert figure(cost) == before


def write_sheet(clerk: Visitor) -> str:
    """Fill a sheet with three lines, the last one pasted, see the totals on the way, and submit it."""
    page = clerk.go("/v/day_labour.day_sheets")
    clerk.button("新建点工单").click()
    choose_reference(page, "项目", "滨河", "滨河花园一期住宅工程")
    choose_reference(page, "班组", "lg", "零工一班")
    choose_reference(page, "成本科目", "0201", "点工")
    fill_field(page, "部位", "地下室")
    clerk.button("添加明细").click()
    pick(page, cell(page, "工人", 1), "W001", "赵铁柱")
    expect(shown(page, "合计金额")).to_have_text("300.00 元")
    clerk.button("添加明细").click()
    pick(page, cell(page, "工人", 2), "qdh", "钱大海")
    overtype(page, cell(page, "上班工时", 2), "4")
    # Four hours are half a day, and the total says so before the field is left.
    expect(cell(page, "上班工时", 2)).to_be_focused()
    expect(shown(page, "合计金额")).to_have_text("440.00 元")
    clerk.button("添加明细").click()
    paste_block(page, cell(page, "工人", 3), "孙小满\t全天\t\t\t0\t4\r\n")
    expect(shown(page, "合计金额")).to_have_text("570.00 元")
    expect(shown(page, "合计工数")).to_have_text("2.0000")
    clerk.button("提交审批").click()
    expect(page).to_have_url(re.compile(r"/r/day_labour\.day_sheet/[0-9a-f-]{36}$"))
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("DG-P01-"))
    return re.search(r"DG-P01-\d{6}-\d{4}", page.get_by_role("heading", level=1).inner_text()).group()


def send_back(manager: Visitor, number: str) -> None:
    """Return a sheet from the inbox."""
    page = open_task(manager, number)
    page.get_by_role("region", name=number).get_by_role("button", name="退回").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("意见").fill("钱大海和孙小满都应为全天")
    dialog.get_by_role("button", name="退回").click()
    expect(task(page, number)).to_have_count(0)


def correct(clerk: Visitor, number: str) -> None:
    """Correct what was returned, and submit again."""
    page = clerk.go("/v/day_labour.day_sheets")
    page.get_by_role("link", name=number).click()
    expect(page.get_by_role("list", name="审批动态")).to_contain_text("钱大海和孙小满都应为全天")
    clerk.button("编辑").click()
    for row in (2, 3):
        cell(page, "上班工时", row).fill("8")
    expect(shown(page, "合计金额")).to_have_text("840.00 元")
    clerk.button("提交审批").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(number))
    expect(page.get_by_text("审批中").first).to_be_visible()


def agree(approver: Visitor, number: str) -> None:
    """Agree from the inbox."""
    page = open_task(approver, number)
    page.get_by_role("region", name=number).get_by_role("button", name="同意").click()
    expect(task(page, number)).to_have_count(0)


def open_down_to_the_sheet(cost: Visitor, number: str) -> None:
    """Go from the figure to its documents and from there to the sheet."""
    page = cost.page
    page.get_by_role("region", name="已发生成本", exact=True).get_by_role("button").click()
    line = page.get_by_role("dialog").get_by_role("row").filter(has_text=number)
    expect(line).to_contain_text("840.00")
    line.get_by_role("link", name=number).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(number))
    expect(shown(page, "合计金额")).to_have_text("840.00 元")
    expect(page.get_by_text(NAMES["manager"]).first).to_be_visible()


def take_back(manager: Visitor, number: str) -> None:
    """Void the sheet: its number is typed, because that cannot be undone."""
    page = manager.go("/v/day_labour.day_sheets")
    page.get_by_role("link", name=number).click()
    manager.button("作废").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="作废")).to_be_disabled()
    dialog.get_by_role("textbox").fill(number)
    dialog.get_by_role("button", name="作废").click()
    expect(page.get_by_text("已作废").first).to_be_visible()


def open_task(approver: Visitor, number: str) -> Page:
    """Open what waits for somebody, and there one task."""
    page = approver.go("/inbox")
    task(page, number).get_by_role("button").first.click()
    expect(page.get_by_role("region", name=number)).to_be_visible()
    return page


def task(page: Page, number: str):
    return page.get_by_role("region", name="待我处理").get_by_role("listitem").filter(has_text=number)


def figure(cost: Visitor) -> int:
    """Return the incurred cost that the dashboard shows, in cents."""
    page = cost.go(DASHBOARD)
    return cents(page.get_by_role("region", name="已发生成本", exact=True).get_by_role("button").inner_text())


def cents(text: str) -> int:
    return int(re.sub(r"[^\d-]", "", text))
