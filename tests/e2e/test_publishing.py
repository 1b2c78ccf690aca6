"""JSON and the Publish button are enough: form, table, API and route change, and what is running keeps its own."""

import json
from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from tests.e2e.filling import cell, choose_reference, fill_field, pick, shown
from tests.e2e.site import Site
from tests.e2e.visitors import Visitor

SHEET = "day_labour.day_sheet"
FIELD = {
    "title": "平均日工资",
    "type": "string",
    "format": "decimal",
    "readOnly": True,
    "x-field": {"type": "money", "formula": "IF(total_gong > 0, ROUND(total_amount / total_gong, 2), BLANK)"},
}
STEP = {
    "name": "deputy",
    "title": "分管副总",
    "type": "approve",
    "by": [{"role": "organisation.deputy_manager"}],
    "mode": "any",
    "empty": "to_admin",
    "self": "superior",
}


def test_a_field_and_a_step_in_json_change_form_table_api_and_route(
    either_site: Site, visitors: Callable[..., Visitor]
):
    admin, clerk, cost = (visitors(either_site, login) for login in ("admin", "clerk", "cost"))
    running = either_site.company.ids["sheet.1"]

    edit(admin, "entities/day_sheet.json", add_field)
    edit(
        admin,
        "forms/day_sheet.json",
        lambda form: form["items"][2]["items"].append({"field": "average_wage", "span": 4}),
    )
    edit(admin, "views/day_sheets.json", lambda view: view["columns"].append("average_wage"))
    edit(admin, "flows/day_sheet.json", lambda flow: flow["steps"].append(STEP))
    publish(admin)

    record = fill_the_new_form(clerk)
    page = clerk.go("/v/day_labour.day_sheets")
    expect(page.get_by_role("columnheader", name="平均日工资")).to_be_attached()
    assert clerk.ask(f"/entities/{SHEET}")["publication"] == 2
    assert clerk.ask(f"/records/{SHEET}/{record}")["values"]["average_wage"] == "290.00"

    # What ran before ends where it was to end: the cost officer is its last.
    page = cost.go(f"/r/{SHEET}/{running}")
    expect(page.get_by_role("list", name="审批路径")).not_to_contain_text("分管副总")
    cost.button("同意").click()
    expect(page.get_by_text("已生效").first).to_be_visible()

    # What began after goes on to the new step.
    for voter in ("manager", "cost"):
        either_site.desk.decide(voter, "agree", SHEET, record, "", "")
    assert either_site.desk.read("clerk", SHEET, record).status == "in_approval"
    deputy = visitors(either_site, "deputy")
    page = deputy.go("/inbox")
    deputy.button("同意").last.click()
    expect(page.get_by_role("region", name="待我处理").get_by_role("listitem")).to_have_count(0)
    assert either_site.desk.read("clerk", SHEET, record).status == "approved"


def add_field(entity: dict[str, Any]) -> None:
    entity["schema"]["properties"]["average_wage"] = FIELD


def edit(admin: Visitor, path: str, change: Callable[[dict[str, Any]], None]) -> None:
    """Change a document's text in the editor; it is kept by itself."""
    page = admin.go("/designer/day_labour?tab=documents")
    page.get_by_role("link", name=path, exact=True).click()
    editor = page.get_by_role("textbox", name=f"day_labour/{path}")
    document = json.loads(editor.input_value())
    change(document)
    with page.expect_response(lambda answer: answer.request.method == "PUT" and answer.url.endswith(path)):
        editor.fill(json.dumps(document, ensure_ascii=False, indent=2))
    expect(page.get_by_text("草稿已保存")).to_be_visible()


def publish(admin: Visitor) -> None:
    """See what would change, say why, and publish."""
    page = admin.go("/designer/day_labour?tab=changes")
    expect(page.get_by_role("region", name="修改内容")).to_contain_text("平均日工资")
    admin.button("发布修改").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="发布修改")).to_be_disabled()
    dialog.get_by_role("textbox").fill("加平均日工资；点工单须分管副总同意")
    dialog.get_by_role("button", name="发布修改").click()
    expect(page.get_by_text("没有待发布的修改")).to_be_visible()


def fill_the_new_form(clerk: Visitor) -> str:
    """Fill a sheet on the new form, see the new formula, submit, and return the record's id."""
    page = clerk.go(f"/r/{SHEET}/new")
    choose_reference(page, "项目", "滨河", "滨河花园一期住宅工程")
    choose_reference(page, "班组", "零工", "零工一班")
    choose_reference(page, "成本科目", "点工")
    fill_field(page, "部位", "三层")
    for row, worker in enumerate(("赵铁柱", "钱大海"), 1):
        clerk.button("添加明细").click()
        pick(page, cell(page, "工人", row), worker, worker)
    expect(shown(page, "平均日工资")).to_have_text("290.00 元")
    clerk.button("提交审批").click()
    expect(page.get_by_role("list", name="审批路径")).to_contain_text("分管副总")
    return page.url.rpartition("/")[2]
