"""A sheet can be made without a mouse."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.filling import cell, shown
from tests.e2e.site import Site
from tests.e2e.visitors import Visitor

FOCUSED = """() => {
  const at = document.activeElement;
  if (at.closest("main") === null) return "outside";
  const label = at.labels?.[0]?.textContent ?? "";
  return (at.getAttribute("aria-label") ?? (label || at.textContent) ?? "").replace("*", "").trim();
}"""


def test_a_sheet_is_created_and_submitted_by_keyboard_alone(site: Site, visitors: Callable[..., Visitor]):
    clerk = visitors(site, "clerk")
    page, press = clerk.go("/"), clerk.page.keyboard.press

    press("Control+k")
    page.keyboard.type("新建点工单")
    expect(page.get_by_role("option").first).to_contain_text("点工单")
    press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("新建点工单")
    clerk.settle()
    for label, text in (("项目", "bhhy"), ("班组", "lgyb"), ("成本科目", "0201")):
        choose(page, label, text)
    tab_to(page, "部位")
    page.keyboard.type("地下室")
    tab_to(page, "添加明细")
    press("Enter")
    expect(cell(page, "工人", 1)).to_be_focused()
    choose_here(page, "W004")
    tab_to(page, "上班工时，第 1 行")
    page.keyboard.type("4")
    press("Enter")
    # Enter goes down, and below the last row there is a new one.
    expect(cell(page, "上班工时", 2)).to_be_focused()
    tab_to(page, "工人，第 2 行", back=True)
    choose_here(page, "W003")
    expect(shown(page, "合计金额")).to_have_text("420.00 元")
    tab_to(page, "提交审批")
    press("Enter")

    expect(page.get_by_role("heading", level=1)).to_contain_text("DG-P01-")
    expect(page.get_by_text("审批中").first).to_be_visible()


def choose(page: Page, label: str, text: str) -> None:
    """Go to a picker, search, and take the first that fits."""
    tab_to(page, label)
    choose_here(page, text)


def choose_here(page: Page, text: str) -> None:
    page.keyboard.type(text)
    expect(page.get_by_role("listbox")).to_have_attribute("aria-busy", "false")
    page.keyboard.press("Enter")
    expect(page.get_by_role("listbox")).to_have_count(0)


def tab_to(page: Page, label: str, *, back: bool = False) -> None:
    """Press Tab until the control with this label has the focus."""
    passed = []
    for _ in range(60):
        page.keyboard.press("Shift+Tab" if back else "Tab")
        passed.append(page.evaluate(FOCUSED))
        if passed[-1] == label:
            return
    raise AssertionError(f"{label} is not among {passed}")
