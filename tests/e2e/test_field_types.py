"""One field of every type, filled by the form in a browser, kept, read, listed and filtered."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.e2e.kinds import KEPT, THING, fill_everything, kept, publish_kinds
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
