"""A module with one field of every type, published while the site runs, and what people fill into it."""

import json
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from engine.services.scenarios import ADMIN
from tests.e2e.filling import choose_option, field, fill_field, pick
from tests.e2e.site import Site
from tests.e2e.visitors import Visitor

FOLDER = Path(__file__).parent / "modules" / "kinds"
THING, PLACE = "kinds.thing", "kinds.place"

TYPED = {
    "名称": "一号样品",
    "备注": "第一行\n第二行",
    "要点": "# 要点\n- **一**\n- 二",
    "密钥": "s3cret",
    "颜色": "2F6FED",
    "网址": "https://example.com/a",
    "邮箱": "a@example.com",
    "手机": "138 0013 8000",
    "身份证": "11010519491231002x",
    "信用代码": "91350100M000100Y43",
    "银行账号": "6222 0200 0000 0000 000",
    "整数": "42",
    "小数": "12345678901234567890123456.78",
    "价格": "1234.5",
    "比率": "15.5",
    "进度": "35",
    "用时": "8:30",
    "月份": "2026年11月",
    "季度": "2026年第四季度",
    "日期": "2026/11/21",
    "钟点": "0830",
    "时刻": "2026-11-21 08:30",
    "当地时刻": "2026-11-21 8:30",
    "条码": "6901234567892",
    "二维码": "https://example.com/q",
    "数据": '{"a": [1, 2]}',
}
"""What is typed into boxes, by label."""

KEPT = {
    "name": "一号样品",
    "remark": "第一行\n第二行",
    "notes": "# 要点\n- **一**\n- 二",
    "paint": "#2f6fed",
    "site": "https://example.com/a",
    "mail": "a@example.com",
    "mobile": "+8613800138000",
    "card": "11010519491231002X",
    "credit": "91350100M000100Y43",
    "account": "6222020000000000000",
    "labels": ["红", "蓝"],
    "whole": 42,
    "exact": "12345678901234567890123456.78",
    "price": "1234.50",
    "currency": "USD",
    "words": "壹仟贰佰叁拾肆元伍角",
    "rate": "0.1550",
    "weight": "2500.00",
    "stars": 4,
    "done": "0.3500",
    "spent": "PT8H30M",
    "month": "2026-11",
    "quarter": "2026-Q4",
    "day": "2026-11-21",
    "clock": "08:30",
    "moment": "2026-11-21T00:30:00Z",
    "local": "2026-11-21T08:30",
    "days": "2026-11-01/2026-11-30",
    "span": "2026-11-21T00:00:00Z/2026-11-21T04:00:00Z",
    "hours": "08:00/17:30",
    "flag": True,
    "active": True,
    "state": "good",
    "grade": "b",
    "size": "l",
    "uses": ["x", "y"],
    "order": ["cheap", "fast"],
    "part": "fast",
    "area": "440305",
    "bars": "6901234567892",
    "matrix": "https://example.com/q",
    "data": {"a": [1, 2]},
}
"""What the API says of them afterwards, by name."""


def publish_kinds(site: Site) -> None:
    """Publish the module through the API and found the places that its fields refer to."""
    ask = site.desk._ask
    for file in sorted(FOLDER.rglob("*.json")):
        document = json.loads(file.read_text(encoding="utf-8"))
        ask(ADMIN, "PUT", f"/draft/documents/kinds/{file.relative_to(FOLDER)}", {"document": document})
    ask(ADMIN, "POST", "/publications", {"note": "every type"})
    house = site.company.record("house", ADMIN, PLACE, {"name": "一号库", "code": "A1"})
    site.company.record("shelf", ADMIN, PLACE, {"name": "二号架", "code": "A2", "above": house})


def fill_everything(visitor: Visitor) -> str:
    """Fill a new thing by its form, save it, and return its id."""
    page = visitor.go(f"/r/{THING}/new")
    for label, text in TYPED.items():
        fill_field(page, label, text)
    write_words(page)
    fill_numbers(page)
    fill_times(page)
    choose(page)
    choose_people_and_places(page)
    capture(page)
    fill_a_line(page)
    visitor.button("保存").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("一号样品")
    return page.url.rpartition("/")[2]


def write_words(page: Page) -> None:
    """Rich text by its editor, tags by Enter."""
    editor = field(page, "说明")
    editor.click()
    page.get_by_role("toolbar", name="说明的格式").get_by_role("button", name="粗体").click()
    page.keyboard.type("要紧")
    for word in ("红", "蓝"):
        page.get_by_role("textbox", name="标签").fill(word)
        page.get_by_role("textbox", name="标签").press("Enter")


def fill_numbers(page: Page) -> None:
    """A quantity in another unit, a currency, stars."""
    page.get_by_label("重量的单位").select_option(label="t")
    fill_field(page, "重量", "2.5")
    choose_option(page, "币种", "美元")
    page.get_by_role("radiogroup", name="评分").get_by_title("4 / 5 星").click()


def fill_times(page: Page) -> None:
    """Both ends of every kind of range."""
    for title, start, end in (
        ("日期段", "2026-11-01", "2026-11-30"),
        ("时段", "2026-11-21 08:00", "2026-11-21 12:00"),
        ("钟点段", "8:00", "17:30"),
    ):
        for word, text in (("从", start), ("到", end)):
            page.get_by_label(f"{title}（{word}）").fill(text)
            page.get_by_label(f"{title}（{word}）").blur()


def choose(page: Page) -> None:
    """Switches, options in all their looks, and trees by the keyboard."""
    field(page, "是否").check()
    field(page, "启用").check()
    choose_option(page, "状况", "良好")
    page.get_by_role("radiogroup", name="等级").get_by_label("乙").check()
    page.get_by_role("radiogroup", name="尺寸").get_by_label("大").check()
    for name in ("装", "运"):
        page.get_by_role("checkbox", name=name).check()
    for name in ("加入 省", "加入 快"):
        page.get_by_role("button", name=name).click()
    search_tree(page, field(page, "部件"), "高速", "硬件 / 内存 / 高速")
    search_tree(page, field(page, "地区"), "深圳市南山", "广东省 / 深圳市 / 南山区")


def search_tree(page: Page, box: Locator, text: str, way: str) -> None:
    """Search a tree and take what is found first."""
    box.click()
    box.press_sequentially(text)
    expect(page.get_by_role("option", name=way, exact=True)).to_be_visible()
    box.press("Enter")
    expect(box).to_have_value(way)


def choose_people_and_places(page: Page) -> None:
    """People, departments, roles; a record, and one of a tree level by level."""
    pick(page, field(page, "负责人"), "jy", "姜媛")
    pick(page, field(page, "部门"), "成本", "成本合约部")
    add(page, "小组", "zjj", "周建军")
    add(page, "小组", "xh", "薛慧")
    add(page, "相关部门", "滨河", "滨河花园项目部")
    choose_option(page, "角色", "试用者")
    choose_option(page, "岗位", "协助者")
    pick(page, field(page, "位置"), "二号", "二号架")
    add(page, "其他位置", "一号", "一号库")
    page.get_by_label("相关对象的种类").select_option(label="项目")
    pick(page, field(page, "相关对象"), "滨河", "滨河花园一期住宅工程")
    box = field(page, "上级位置")
    box.click()
    expect(page.get_by_role("option", name="一号库")).to_be_visible()
    box.press("ArrowRight")
    expect(page.get_by_role("option", name="二号架")).to_be_visible()
    box.press("Enter")
    expect(box).to_have_value("二号架")


def add(page: Page, label: str, text: str, name: str) -> None:
    """Add one more to a list of chips."""
    box = page.get_by_role("combobox", name=label, exact=True)
    box.click()
    box.press_sequentially(text)
    expect(page.get_by_role("listbox")).to_have_attribute("aria-busy", "false")
    expect(page.get_by_role("listbox").get_by_role("option").first).to_contain_text(name)
    box.press("Enter")
    expect(page.get_by_role("list", name=label, exact=True)).to_contain_text(name)


def capture(page: Page) -> None:
    """Where one stands, a signature, a file and a picture."""
    main = page.get_by_role("main")
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"longitude": 118.7969, "latitude": 32.0603, "accuracy": 12})
    for title in ("中心", "所在地"):
        main.get_by_role("button", name=f"获取当前位置 {title}").click()
        expect(main.get_by_role("button", name=f"清除{title}")).to_be_visible()
    expect(main.get_by_text("在允许范围内")).to_be_visible()
    main.get_by_role("button", name="签名 签名").click()
    pad = page.get_by_role("img", name="签名区域")
    box = pad.bounding_box() or {"x": 0, "y": 0}
    page.mouse.move(box["x"] + 40, box["y"] + 120)
    page.mouse.down()
    for step in range(1, 9):
        page.mouse.move(box["x"] + 40 + 30 * step, box["y"] + 120 - (step % 2) * 60)
    page.mouse.up()
    page.get_by_role("button", name="使用此签名").click()
    expect(main.get_by_role("img", name="签名")).to_be_visible()
    files = main.locator("input[type=file]:not([capture])")
    files.nth(0).set_input_files({"name": "File 1.txt", "mimeType": "text/plain", "buffer": b"text"})
    files.nth(1).set_input_files({"name": "Picture 1.png", "mimeType": "image/png", "buffer": PIXEL})
    for name in ("File 1.txt", "Picture 1.png"):
        expect(main.get_by_role("button", name=f"移除 {name}")).to_be_visible()


PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360f8cfc0f01f0005050201"
    "5fc8f1d20000000049454e44ae426082"
)


def fill_a_line(page: Page) -> None:
    """The rarer types in a row of a sub-table."""
    page.get_by_role("button", name="添加明细").click()
    for column, text in (("事项", "检查"), ("耗时", "1:15"), ("色", "#ff8800"), ("词", "甲、")):
        box = page.get_by_label(f"{column}，第 1 行", exact=True).last
        box.fill(text)
        box.blur()


def kept(values: dict[str, Any]) -> dict[str, Any]:
    """Return those of a record's values that are the same in every run."""
    return {name: values.get(name) for name in KEPT}
