"""A pivot of costs: rows and columns are chosen, groups are closed, a figure opens its records, the address keeps it, Excel gets it."""

import re
from collections.abc import Callable, Mapping

import pytest
from playwright.sync_api import expect

from tests.e2e.looking import faults
from tests.e2e.site import Site
from tests.e2e.visitors import DESK, PHONE, Visitor

PIVOT = "/v/cost_centre.entries_by_month"


@pytest.mark.parametrize(("size", "theme"), [(DESK, "light"), (PHONE, "dark")], ids=["desk", "phone"])
def test_costs_are_summed_up_laid_out_anew_and_opened_down_to_their_entries(
    site: Site, visitors: Callable[..., Visitor], size: Mapping[str, int], theme: str
):
    phone = size is PHONE
    cost = visitors(site, "admin", size=size, theme=theme)
    page = cost.go(PIVOT)
    table = page.get_by_role("table", name="成本透视")
    expect(table.get_by_role("row", name=re.compile("^总计"))).to_be_visible()
    assert faults(page, phone=phone) == []

    page.get_by_role("button", name="收起滨河花园一期住宅工程").press("Enter")
    expect(table.get_by_role("row")).to_have_count(4)
    cost.button("调整行列").click()
    layout = page.get_by_test_id("pivot-layout")
    layout.get_by_role("combobox", name="添加行字段").select_option("来源")
    layout.get_by_role("combobox", name="添加数值").select_option("记录数")
    assert faults(page, phone=phone) == []
    layout.get_by_role("button", name="显示").press("Enter")
    expect(page).to_have_url(re.compile("rows=project%2Ccost_code%2Csource_kind"))
    page.reload()
    expect(table.get_by_role("columnheader", name="记录数").first).to_be_visible()
    assert faults(page, phone=phone) == []

    figure = table.get_by_role("row", name=re.compile("^总计")).get_by_role("button").first
    figure.focus()
    page.keyboard.press("ArrowRight")
    expect(table.get_by_role("row", name=re.compile("^总计")).get_by_role("button").nth(1)).to_be_focused()
    with page.expect_download() as file:
        cost.button("导出 Excel").click()
    assert file.value.suggested_filename.endswith(".xlsx")
    figure.press("Enter")
    expect(page).to_have_url(re.compile("as=list"))
    expect(page.get_by_text(re.compile("发生日期 介于 .*"))).to_be_visible()
    assert faults(page, phone=phone) == []
    page.get_by_role("link", name="返回透视表").click()
    expect(table.get_by_role("columnheader", name="记录数").first).to_be_visible()
