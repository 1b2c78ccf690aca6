"""A form for people without an account: an administrator makes a link, a worker fills it in on a telephone and looks the answer up."""

from collections.abc import Callable
from datetime import UTC, datetime

from playwright.sync_api import expect

from tests.e2e.filling import choose_reference, field, fill_field
from tests.e2e.looking import faults
from tests.e2e.site import Site
from tests.e2e.visitors import PHONE, Visitor


def test_an_administrator_makes_a_link_and_switches_it_off(site: Site, visitors: Callable[..., Visitor]):
    admin = visitors(site, "admin")
    page = admin.go("/public-links")
    admin.button("建立链接").click()
    dialog = page.get_by_test_id("new-link-dialog")
    dialog.get_by_label("名称*").fill("一号门告示牌")
    dialog.get_by_label("总份数").fill("50")

    dialog.get_by_role("button", name="建立链接").click()

    made = page.get_by_test_id("link-dialog")
    expect(made.get_by_role("img")).to_be_visible()
    assert faults(page, phone=False) == []
    made.get_by_role("button", name="已记下地址").click()
    expect(page.get_by_role("cell", name="0 / 50")).to_be_visible()
    assert faults(page, phone=False) == []
    admin.button("停用").click()
    page.get_by_role("dialog").get_by_role("button", name="停用").click()
    expect(admin.button("启用")).to_be_visible()


def test_a_worker_fills_it_in_on_a_phone_and_looks_the_answer_up(site: Site, visitors: Callable[..., Visitor]):
    token = link(site, puzzle=True)
    worker = visitors(site, "", size=PHONE)
    worker.watch.expect(401, 422)
    page = worker.go(f"/p/{token}")
    expect(page.get_by_text("只有劳资人员能看到")).to_be_visible()
    worker.button("提交").tap()
    expect(page.get_by_role("alert").first).to_be_visible()
    expect(page.get_by_role("region", name="处理")).to_have_count(0)
    assert faults(page, phone=True) == []

    choose_reference(page, "项目", "滨河", "滨河花园一期住宅工程")
    fill_field(page, "姓名", "赵铁柱")
    phone = page.get_by_role("form", name="工资反映").get_by_label("电话*")
    phone.fill("123")
    fill_field(page, "情况说明", "二月工资少发两天")
    worker.button("提交").tap()
    expect(phone).to_have_attribute("aria-invalid", "true")
    page.reload()
    worker.settle()
    expect(field(page, "姓名")).to_have_value("赵铁柱")
    phone.fill("13800000000")
    worker.button("提交").tap()

    thanks = page.get_by_role("status", name="已提交")
    number = thanks.locator("dd").inner_text()
    assert number.startswith("GZ-")
    asked = page.get_by_role("form", name="查询")
    asked.get_by_label("单号*").fill(number)
    asked.get_by_label("电话*").fill("13800000000")
    worker.button("查询答复").tap()
    expect(asked.get_by_text("待处理")).to_be_visible()
    assert faults(page, phone=True) == []


def test_a_link_says_why_it_gives_nothing(site: Site, visitors: Callable[..., Visitor]):
    secret, ended = link(site, password="芝麻"), link(site, expires_at=datetime(2020, 1, 1, tzinfo=UTC).isoformat())
    somebody = visitors(site, "", size=PHONE, language="en")
    somebody.watch.expect(401, 403, 404, 410)

    page = somebody.go(f"/p/{ended}")
    expect(page.get_by_text("This link has expired.")).to_be_visible()
    somebody.go("/p/guessed")
    expect(page.get_by_text("There is no such link")).to_be_visible()
    somebody.go(f"/p/{secret}")
    page.get_by_label("Password*").fill("wrong")
    somebody.button("Open").tap()
    expect(page.get_by_text("That is not the password")).to_be_visible()
    assert faults(page, phone=True) == []
    page.get_by_label("Password*").fill("芝麻")
    somebody.button("Open").tap()
    expect(somebody.button("Send")).to_be_visible()


def link(site: Site, **more: object) -> str:
    given = {"form": "day_labour.wage_enquiry", "title": "告示牌", "puzzle": False} | more
    return str(site.desk._ask("admin", "POST", "/public-links", given)["token"])
