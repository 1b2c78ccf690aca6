"""One field of every type, filled by the form in a browser, kept, read, listed and filtered."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.e2e.filling import field, fill_field
from tests.e2e.kinds import KEPT, THING, fill_everything, kept, publish_kinds, search_tree
from tests.e2e.looking import faults
from tests.e2e.site import Site
from tests.e2e.visitors import PHONE, Visitor


def test_every_field_type_is_filled_kept_read_and_listed(site: Site, visitors: Callable[..., Visitor]):
    publish_kinds(site)
    admin = visitors(site, "admin")

    record = fill_everything(admin)

    values = admin.ask(f"/records/{THING}/{record}")["values"]
    assert kept(values) == KEPT
    assert values["story"] == "<p><strong>要紧</strong></p>"
    assert values["password"] in (None, "••••••")
    assert values["place"] == values["below"] == site.company.ids["shelf"]
    assert values["others"] == [site.company.ids["house"]]
    assert values["either"] == {"entity": "organisation.project", "id": site.company.ids["project"]}
    assert values["copy"] == {"name": "二号架", "code": "A2"}
    assert values["spot"]["lng"] == "118.796900"
    assert [len(values[name]) for name in ("team", "units", "sign", "files", "photos")] == [2, 1, 1, 1, 1]
    assert [(line["took"], line["tone"], line["words"]) for line in values["lines"]] == [("PT1H15M", "#ff8800", ["甲"])]

    wrong = {}
    for path in (f"/r/{THING}/{record}", f"/r/{THING}/{record}/edit", "/v/kinds.things"):
        wrong[path] = faults(admin.go(path), phone=False)
    row = admin.page.get_by_role("row").filter(has_text="一号样品")
    expect(row).to_contain_text("138 0013 8000")
    expect(row).to_contain_text("硬件 / 内存 / 高速")
    phone = visitors(site, "admin", size=PHONE, theme="dark", language="en")
    for path in (f"/r/{THING}/{record}", f"/r/{THING}/{record}/edit", "/v/kinds.things"):
        wrong[f"phone {path}"] = faults(phone.go(path), phone=True)
    assert {path: found for path, found in wrong.items() if found} == {}


def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(site: Site, visitors: Callable[..., Visitor]):
    publish_kinds(site)
    admin = visitors(site, "admin")
    page = admin.go(f"/r/{THING}/new")

    for label, text in (("名称", "x"), ("身份证", "110105194912310021"), ("用时", "soon"), ("数据", '{\n "a": }')):
        page.get_by_label(label, exact=True).or_(page.get_by_label(f"{label}*", exact=True)).fill(text)
    page.get_by_label("日期段（从）").fill("2026-11-30")
    page.get_by_label("日期段（到）").fill("2026-11-01")
    admin.button("保存").click()

    for told in ("不是有效的证件号码", "不是时长", "第 2 行第 7 列", "结束早于开始"):
        expect(page.get_by_role("main")).to_contain_text(told)
    expect(page.get_by_label("用时")).to_have_value("soon")
    assert page.url.endswith("/new")


def test_a_code_that_is_drawn_is_read_again(site: Site, visitors: Callable[..., Visitor]):
    publish_kinds(site)
    admin = visitors(site, "admin")
    page = admin.go(f"/r/{THING}/new")

    for title, code in (("条码", "6901234567892"), ("二维码", "https://example.com/q")):
        fill_field(page, title, code)
        drawn = page.get_by_role("img", name=f"条码 {code}").screenshot()
        field(page, title).fill("")
        admin.button(f"扫描{title}").click()
        dialog = page.get_by_role("dialog", name=f"扫描{title}")
        expect(dialog.get_by_role("alert")).to_contain_text("摄像头")
        picture = {"name": "code.png", "mimeType": "image/png", "buffer": drawn}
        dialog.locator("input[type=file]").set_input_files(picture)
        expect(field(page, title)).to_have_value(code)


def test_a_list_is_filtered_by_what_a_type_can_be_asked(site: Site, visitors: Callable[..., Visitor]):
    publish_kinds(site)
    values = {name: value for name, value in KEPT.items() if name != "words"}
    for name, part in (("甲", {}), ("乙", {"stars": 1, "days": "2026-01-01/2026-01-31", "part": "system"})):
        site.desk.create("admin", THING, values | {"name": name} | part)
    admin = visitors(site, "admin")
    page = admin.go("/v/kinds.things")

    admin.button("筛选").click()
    dialog = page.get_by_role("dialog", name="筛选")
    for place, (title, word) in enumerate((("评分", "大于等于"), ("日期段", "包含（某时）"), ("部件", "等于"))):
        if place:
            dialog.get_by_role("button", name="添加条件", exact=True).click()
        dialog.get_by_label("字段").nth(place).select_option(label=title)
        dialog.get_by_label("比较方式").nth(place).select_option(label=word)
    dialog.get_by_title("4 / 5 星").click()
    dialog.get_by_label("日期段的值").fill("2026-11-05")
    search_tree(page, dialog.get_by_label("部件的值"), "高速", "硬件 / 内存 / 高速")
    dialog.get_by_role("button", name="应用筛选").click()

    expect(page.get_by_role("link", name="甲", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="乙", exact=True)).to_have_count(0)
    assert faults(page, phone=False) == []
