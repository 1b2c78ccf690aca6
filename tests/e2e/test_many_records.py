"""Many records at once: a file comes in, a change of several is taken back, what was deleted or changed returns."""

import io
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
import xlsxwriter
from playwright.sync_api import FilePayload, expect
from python_calamine import CalamineWorkbook

from tests.e2e.looking import faults
from tests.e2e.site import Site
from tests.e2e.stock import ITEM, publish_stock, values_of
from tests.e2e.visitors import DESK, PHONE, Visitor

SIZES = pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
Visitors = Callable[..., Visitor]


@SIZES
def test_a_file_comes_in_and_its_bad_rows_come_back(
    site: Site, visitors: Visitors, size: Mapping[str, int], tmp_path: Path
):
    publish_stock(site)
    admin, phone = visitors(site, "admin", size=size), size is PHONE
    page = admin.go(f"/r/{ITEM}/import")
    assert faults(page, phone=phone) == []

    page.get_by_test_id("import-file").set_input_files(workbook())
    expect(page.get_by_label("“名称”对应的字段")).to_have_value("name")
    assert faults(page, phone=phone) == []
    page.get_by_test_id("import-check").click()
    expect(page.get_by_role("region", name="正在检查")).to_be_visible()
    site.work_off()
    expect(page.get_by_text("有 1 行存在问题")).to_be_visible()
    expect(page.get_by_role("region", name="问题明细").get_by_role("table")).to_contain_text("dear")
    assert faults(page, phone=phone) == []
    with page.expect_download() as coming:
        admin.button("下载错误行（可修改后再导入）").click()
    coming.value.save_as(tmp_path / "errors.xlsx")
    admin.button("只导入正确的 2 条").click()
    site.work_off()

    expect(page.get_by_text("导入完成")).to_be_visible()
    rows = CalamineWorkbook.from_path(tmp_path / "errors.xlsx").get_sheet_by_index(0).to_python()
    assert [row[:3] for row in rows[1:]] == [["B2", "钢筋", "dear"]]
    assert sorted(one["values"]["code"] for one in admin.ask(f"/records/{ITEM}")["items"]) == [
        *("A1", "A2", "A3"),
        *("B1", "B3"),
    ]


@SIZES
def test_a_change_of_several_records_is_tried_made_and_taken_back(
    site: Site, visitors: Visitors, size: Mapping[str, int]
):
    publish_stock(site)
    admin, phone = visitors(site, "admin", size=size), size is PHONE
    page = admin.go("/v/stock.items")
    if phone:
        admin.button("更多").click()
        page.get_by_role("menuitem", name="选择多条").click()
    for name in ("水泥", "石子"):
        page.get_by_role("checkbox", name=f"选择 {name}").check()

    page.get_by_role("region", name="已选记录").get_by_role("button", name="批量修改").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("再改一个字段").select_option(label="库位")
    dialog.get_by_label("库位", exact=True).fill("二号库")
    dialog.get_by_role("button", name="先试算").click()
    expect(dialog.get_by_text("将修改 2 条")).to_be_visible()
    assert faults(page, phone=phone) == []
    dialog.get_by_role("button", name="修改", exact=True).click()
    expect(dialog.get_by_text("修改 2 条", exact=True)).to_be_visible()
    assert [values_of(site, f"item.{code}")["place"] for code in ("A1", "A2", "A3")] == ["二号库", "一号库", "二号库"]
    dialog.get_by_role("button", name="全部撤销").click()
    site.work_off()

    expect(dialog.get_by_role("button", name="停止")).to_have_count(0)
    assert {values_of(site, f"item.{code}")["place"] for code in ("A1", "A2", "A3")} == {"一号库"}
    assert faults(page, phone=phone) == []


@SIZES
def test_what_was_deleted_comes_back_from_the_bin(site: Site, visitors: Visitors, size: Mapping[str, int]):
    publish_stock(site)
    admin, phone = visitors(site, "admin", size=size), size is PHONE
    page = admin.go("/v/stock.items")
    page.get_by_role("link", name="水泥").click()
    admin.button("删除").click()
    page.get_by_role("dialog").get_by_role("button", name="删除").click()
    expect(page.get_by_role("link", name="砂")).to_be_visible()
    expect(page.get_by_role("link", name="水泥")).to_have_count(0)

    admin.button("更多").click()
    page.get_by_role("menuitem", name="回收站").click()
    entry = page.get_by_role("list", name="回收站").get_by_role("listitem").filter(has_text="水泥")
    expect(entry).to_be_visible()
    assert faults(page, phone=phone) == []
    entry.get_by_role("button", name="恢复").click()

    expect(page.get_by_text("回收站是空的")).to_be_visible()
    assert values_of(site, "item.A1")["name"] == "水泥"


@SIZES
def test_an_older_version_is_looked_at_and_restored(site: Site, visitors: Visitors, size: Mapping[str, int]):
    publish_stock(site)
    item = site.company.ids["item.A1"]
    site.desk.update("admin", ITEM, item, {"price": "455.00", "place": "三号库"})
    admin, phone = visitors(site, "admin", size=size), size is PHONE

    page = admin.go(f"/r/{ITEM}/{item}")
    page.get_by_role("tab", name="修改记录").click()
    admin.button("恢复到第 1 版").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("一号库")
    assert faults(page, phone=phone) == []
    dialog.get_by_role("button", name="恢复", exact=True).click()

    expect(dialog).to_have_count(0)
    expect(page.get_by_role("status", name="库位", exact=True)).to_have_text("一号库")
    assert values_of(site, "item.A1") | {"price": "420.00", "place": "一号库"} == values_of(site, "item.A1")


def workbook() -> FilePayload:
    """Three rows as they come from elsewhere; the price of the second is none."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet("物品")
        rows = (("编码", "名称", "单价"), ("B1", "木方", 12.5), ("B2", "钢筋", "dear"), ("B3", "模板", 46))
        for number, cells in enumerate(rows):
            sheet.write_row(number, 0, cells)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return FilePayload(name="物品.xlsx", mimeType=kind, buffer=target.getvalue())
