"""A sheet with many rows: 200 come from a spreadsheet at once."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.e2e.filling import cell, field, paste_block, shown
from tests.e2e.looking import faults
from tests.e2e.site import Site
from tests.e2e.stock import COUNT, publish_stock
from tests.e2e.visitors import Visitor

ROWS = 200
BLOCK = "".join(
    f"C{row}\t物品 {row}\t规格 {row}\t件\t{row}\t0.5\t2026-11-{row % 28 + 1:02}\t说明\n" for row in range(1, ROWS + 1)
)


def test_two_hundred_rows_of_eight_cells_are_pasted_from_a_spreadsheet(
    either_site: Site, visitors: Callable[..., Visitor]
):
    publish_stock(either_site)
    admin = visitors(either_site, "admin")
    page = admin.go(f"/r/{COUNT}/new")
    field(page, "名称").fill("十一月")
    admin.button("添加明细").click()

    paste_block(page, cell(page, "编号", 1), BLOCK)

    expect(page.get_by_test_id("grid-lines").get_by_role("table")).to_have_attribute("aria-rowcount", str(ROWS))
    expect(shown(page, "合计")).to_have_text("10,050.00 元")
    assert faults(page, phone=False) == []
    admin.button("保存").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("十一月")
    kept = admin.ask(f"/records/{COUNT}/{page.url.rsplit('/', 1)[1]}")["values"]
    last = {"code": "C200", "what": "物品 200", "spec": "规格 200", "unit": "件", "counted": "200.00", "price": "0.50"}
    assert len(kept["lines"]) == ROWS
    assert kept["lines"][-1] | last | {"day": "2026-11-05", "note": "说明", "amount": "100.00"} == kept["lines"][-1]
