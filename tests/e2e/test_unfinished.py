"""A form that was begun at the desk is finished on a phone: the tab closes in between, at another size it opens as it was left."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.filling import choose_reference, field, fill_field, pick
from tests.e2e.looking import faults
from tests.e2e.site import Site
from tests.e2e.test_phone import card
from tests.e2e.visitors import PHONE, Visitor
from tests.e2e.watching import BEAT, PATIENCE

SHEET = "day_labour.day_sheet"
NEW = f"/r/{SHEET}/new"


def kept(visitor: Visitor, place: str) -> None:
    """Wait until the server has what was typed."""
    for _ in range(PATIENCE // BEAT):
        told = visitor.ask(f"/unfinished/{SHEET}")["unfinished"]
        if told and told["values"].get("location") == place:
            return
        visitor.page.wait_for_timeout(BEAT)
    raise AssertionError(f"the server does not have {place}: {told}")


def begun(page: Page):
    return page.get_by_role("region", name="未完成的填写（1）")


def test_what_was_begun_at_the_desk_is_finished_on_a_phone(site: Site, visitors: Callable[..., Visitor]):
    desk = visitors(site, "clerk")
    page = desk.go(NEW)
    choose_reference(page, "项目", "滨河", "滨河花园一期住宅工程")
    fill_field(page, "部位", "电梯井")
    kept(desk, "电梯井")
    page.close()

    phone = visitors(site, "clerk", size=PHONE)
    page = phone.go("/")
    assert faults(page, phone=True) == []
    begun(page).get_by_role("link", name="新建点工单").tap()
    expect(page.get_by_text("已恢复您在其他设备上未保存的内容")).to_be_visible()
    expect(field(page, "部位")).to_have_value("电梯井")
    expect(field(page, "项目")).to_have_value("滨河花园一期住宅工程")
    assert faults(page, phone=True) == []
    for label, text, title in (("班组", "lgyb", "零工一班"), ("成本科目", "0201", "点工")):
        pick(page, field(page, label), text, title)
    phone.button("添加明细").tap()
    pick(page, card(page, 1).get_by_role("combobox", name="工人"), "赵铁柱", "赵铁柱")
    phone.button("保存草稿").tap()
    expect(page.get_by_role("heading", level=1)).to_contain_text("DG-P01-")

    desk.page = page = desk.context.new_page()
    desk.go("/")
    expect(begun(page)).to_have_count(0)
    desk.go(NEW)
    expect(field(page, "部位")).to_have_value("")
    expect(page.get_by_text("已恢复")).to_have_count(0)


def test_what_was_begun_is_thrown_away_from_the_list(site: Site, visitors: Callable[..., Visitor]):
    desk = visitors(site, "clerk")
    page = desk.go(NEW)
    fill_field(page, "部位", "电梯井")
    kept(desk, "电梯井")
    desk.go("/")

    begun(page).get_by_role("button", name="放弃：新建点工单").click()

    expect(begun(page)).to_have_count(0)
    assert desk.ask("/unfinished") == {"items": []}
    desk.go(NEW)
    expect(field(page, "部位")).to_have_value("")
