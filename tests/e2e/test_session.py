"""Nothing that somebody typed is lost, whatever happens to the session or the window."""

from collections.abc import Callable

from playwright.sync_api import expect

from engine.services.scenarios import ENTRY_WORD
from tests.e2e.filling import cell, choose_reference, field, fill_field, overtype, pick, shown
from tests.e2e.site import Site
from tests.e2e.visitors import Visitor

NEW = "/r/day_labour.day_sheet/new"


def test_a_session_that_ends_in_the_middle_of_a_form_loses_nothing(site: Site, visitors: Callable[..., Visitor]):
    clerk = visitors(site, "clerk")
    clerk.watch.expect(401)
    page = clerk.go(NEW)
    choose_reference(page, "项目", "滨河", "滨河花园一期住宅工程")
    choose_reference(page, "班组", "零工", "零工一班")
    choose_reference(page, "成本科目", "点工")
    fill_field(page, "部位", "屋面")
    clerk.button("添加明细").click()
    pick(page, cell(page, "工人", 1), "李秋生", "李秋生")
    overtype(page, cell(page, "加班工时", 1), "3")

    clerk.context.clear_cookies(name="formwork_session")
    clerk.button("保存草稿").click()

    again = page.get_by_role("dialog")
    expect(again.get_by_label("登录名")).to_have_value("clerk")
    again.get_by_label("密码").fill(ENTRY_WORD)
    again.get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("DG-P01-")
    expect(shown(page, "部位")).to_have_text("屋面")
    expect(shown(page, "合计金额")).to_have_text("480.00 元")


def test_a_window_that_closes_in_the_middle_of_a_form_loses_nothing(site: Site, visitors: Callable[..., Visitor]):
    clerk = visitors(site, "clerk")
    page = clerk.go(NEW)
    fill_field(page, "部位", "电梯井")
    page.wait_for_function("async () => (await indexedDB.databases()).length > 0")
    page.wait_for_timeout(300)

    page.close()
    clerk.page = page = clerk.context.new_page()
    clerk.go(NEW)

    expect(page.get_by_text("已恢复").first).to_be_visible()
    expect(field(page, "部位")).to_have_value("电梯井")


def test_who_is_not_signed_in_comes_back_to_where_they_wanted_to_go(site: Site, visitors: Callable[..., Visitor]):
    clerk = visitors(site)
    page = clerk.go("/v/day_labour.day_sheets")
    page.get_by_label("登录名").fill("clerk")
    page.get_by_label("密码").fill("wrong")
    clerk.watch.expect(422)

    clerk.button("登录").click()
    expect(page.get_by_role("alert")).to_contain_text("账号或密码不正确")
    page.get_by_label("密码").fill(ENTRY_WORD)
    clerk.button("登录").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("点工单")
