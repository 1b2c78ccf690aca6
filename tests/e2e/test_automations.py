"""A button that a module puts on a record: who presses it sees what it made, and an administrator finds the run in the log."""

from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import expect

from tests.e2e.company import today
from tests.e2e.looking import faults
from tests.e2e.site import Site
from tests.e2e.visitors import PHONE, Visitor

TASK = "progress.task"


def test_a_button_starts_a_correction_and_the_log_tells_of_it(site: Site, visitors: Callable[..., Visitor]):
    late = {"plan_start": str(today() - timedelta(days=9)), "plan_finish": str(today() - timedelta(days=2))}
    task = {"project": site.company.ids["project"], "wbs_code": "1.1", "name": "基础开挖", "kind": "task"}
    made = site.company.record("task", "admin", TASK, task | late)
    manager = visitors(site, "manager")
    page = manager.go(f"/r/{TASK}/{made}")

    manager.button("发起纠偏").press("Enter")

    expect(page.get_by_text("“发起纠偏”已完成")).to_be_visible()
    manager.go("/v/progress.corrective_actions")
    expect(page.get_by_text("基础开挖").first).to_be_visible()
    admin = visitors(site, "admin", size=PHONE)
    there = admin.go("/designer/progress?tab=automations")
    log = there.get_by_role("region", name="运行日志")
    line = log.get_by_role("row").filter(has_text="发起纠偏")
    expect(line).to_contain_text("周建军")
    expect(line).to_contain_text("成功")
    assert faults(there, phone=True) == []
    line.get_by_role("link").first.click()
    expect(there.get_by_role("heading", level=1)).to_have_text("基础开挖")
