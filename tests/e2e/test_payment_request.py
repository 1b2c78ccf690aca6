"""A payment request cannot ask for more than the contract has become worth."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.filling import choose_reference, field, fill_field, shown
from tests.e2e.site import Site
from tests.e2e.visitors import Visitor

# 80 % of 3,200,000 settled, less the 180,000 of a request that is already in approval.
LIMIT = "2380000.00"


def test_a_request_over_the_cap_is_refused_with_the_figures_and_one_at_the_cap_passes(
    either_site: Site, visitors: Callable[..., Visitor]
):
    commercial = visitors(either_site, "commercial")
    commercial.watch.expect(422)
    contract = either_site.desk.read("commercial", "funds.contract", either_site.company.ids["contract"]).values[
        "number"
    ]
    page = ask_for(commercial, contract, "2380000.01")

    commercial.button("提交审批").click()

    told = f"本次申请 2380000.01 超过可付上限 {LIMIT}"
    expect(page.get_by_test_id("error-summary")).to_contain_text(told)
    expect(field(page, "本次申请")).to_be_focused()
    expect(field(page, "本次申请")).to_have_value("2380000.01")

    fill_field(page, "本次申请", LIMIT)
    expect(shown(page, "大写金额")).to_have_text("贰佰叁拾捌万元整")
    commercial.button("提交审批").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("FK-P01-")
    expect(page.get_by_role("list", name="审批路径")).to_contain_text("总经理")
    expect(page.get_by_text("审批中").first).to_be_visible()


def ask_for(commercial: Visitor, contract: str, amount: str) -> Page:
    """Fill a request; the contract brings its party along."""
    page = commercial.go("/r/funds.payment_request/new")
    choose_reference(page, "项目", "bhhy", "滨河花园一期住宅工程")
    choose_reference(page, "合同", contract)
    expect(page.get_by_role("combobox", name="收款方")).to_have_value("顺达劳务有限公司")
    fill_field(page, "本次申请", amount)
    return page
