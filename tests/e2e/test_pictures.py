"""The pictures of the README, taken from the product itself.

    FORMWORK_PICTURES=docs/pictures python -m pytest tests/e2e/test_pictures.py

takes them of the demo company and keeps them there; any other run takes them of the small company and throws them away.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import expect

from demo.people import PASSWORD
from engine.services.scenarios import ENTRY_WORD
from tests.e2e.site import Ground, Site
from tests.e2e.visitors import PHONE, Visitor

KEPT = os.environ.get("FORMWORK_PICTURES", "")
WORD = PASSWORD if KEPT else ENTRY_WORD
SHEET = "day_labour.day_sheet"
WIDE = {"width": 1280, "height": 800}


def dashboard(visitor: Visitor) -> None:
    page = visitor.go("/d/cost_centre.cost")
    expect(page.locator("canvas, svg[role=img], [role=img]").first).to_be_visible()


def form(visitor: Visitor) -> None:
    sheets = visitor.ask(f"/records/{SHEET}?limit=200&sort=-work_date")["items"]
    mine = next(sheet for sheet in sheets if sheet["status"] in {"draft", "returned"})
    visitor.go(f"/r/{SHEET}/{mine['id']}/edit")


def inbox(visitor: Visitor) -> None:
    page = visitor.go("/inbox")
    page.get_by_role("list").get_by_role("listitem").first.wait_for()


def designer(visitor: Visitor) -> None:
    visitor.go("/designer/day_labour?tab=flows")


def record(visitor: Visitor) -> None:
    page = visitor.go("/inbox")
    page.locator("[data-testid=task] button").first.click()
    visitor.settle()


PICTURES: dict[str, tuple[str, Callable[[Visitor], None], dict[str, Any]]] = {
    "dashboard-en": ("admin", dashboard, {"language": "en", "size": WIDE}),
    "dashboard-zh": ("admin", dashboard, {"size": WIDE}),
    "dashboard-dark-zh": ("admin", dashboard, {"size": WIDE, "theme": "dark"}),
    "form-zh": ("clerk", form, {"size": {"width": 1440, "height": 1000}}),
    "inbox-zh": ("manager", inbox, {"size": WIDE}),
    "inbox-phone-zh": ("manager", record, {"size": PHONE}),
    "designer-en": ("admin", designer, {"language": "en", "size": WIDE}),
    "designer-zh": ("admin", designer, {"size": WIDE}),
}


@pytest.fixture(scope="module")
def sitter(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Who has the picture taken: the demo company when the pictures are to be kept."""
    if not KEPT:
        yield request.getfixturevalue("showroom")
        return
    ground = Ground(tmp_path_factory.mktemp("files"))
    url = f"sqlite:///{tmp_path_factory.mktemp('demo') / 'demo.sqlite'}"
    ground.prepare_demo(url)
    with ground.open(url) as opened:
        yield opened


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_of_the_readme_can_be_taken(
    name: str, sitter: Site, visitors: Callable[..., Visitor], tmp_path: Path
):
    login, pose, looks = PICTURES[name]
    visitor = visitors(sitter, **looks)
    visitor.sign_in(login, WORD)
    pose(visitor)
    visitor.settle()
    # A chart draws itself a moment after its numbers are there.
    visitor.page.wait_for_timeout(400)

    folder = Path(KEPT) if KEPT else tmp_path
    folder.mkdir(parents=True, exist_ok=True)
    taken = folder / f"{name}.png"
    visitor.page.screenshot(path=taken)
    with Image.open(taken) as picture:
        colours = picture.convert("P", palette=Image.Palette.ADAPTIVE, colors=64)
        assert len(colours.getcolors() or ()) > 16
        if KEPT:
            colours = picture.convert("RGB").quantize(256)
            colours.save(taken, optimize=True)


def test_the_readme_shows_no_picture_that_is_not_taken():
    root = Path(__file__).resolve().parents[2]
    shown = {
        part.partition(")")[0]
        for readme in ("README.md", "README.zh-CN.md")
        for part in (root / readme).read_text(encoding="utf-8").split("docs/pictures/")[1:]
    }

    assert shown <= {f"{name}.png" for name in PICTURES}
