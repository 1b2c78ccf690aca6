"""What an entity could be, from the titles and values of a file."""

import io
import json
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.adapters.workbooks import FileWorkbooks
from engine.cli import main
from engine.definition import check_documents
from engine.problems import errors
from engine.services.imports.entity_from_file import propose
from engine.services.imports.guessing import free_name
from tests.api.sheets import xlsx

MODULE = {
    "$schema": "https://formwork.dev/schemas/v1/module.schema.json",
    "name": "goods",
    "version": "1.0.0",
    "title": "物品",
}
TITLES = ["编码", "名称", "数量", "单价", "日期", "类别", "启用", "说明", "Status", "名称"]


def rows(count: int) -> list[list[object]]:
    return [
        [
            f"00{n}",
            f"物品 {n}",
            n,
            n / 4,
            date(2026, 3, 1 + n % 28),
            ("零件", "工具")[n % 2],
            n % 2 == 0,
            "x" * 150,
            "ok",
            "a",
        ]
        for n in range(count)
    ]


def test_types_titles_and_names_come_from_the_columns():
    content = xlsx([["物品清单"], TITLES, *rows(40)], names=["物品"])

    found = propose(FileWorkbooks(), io.BytesIO(content), "a.xlsx", "goods")

    told = {one.name: (one.title, one.type) for one in found.columns}
    assert (found.header, found.name) == (2, "wu_pin")
    assert told == {
        "bian_ma": ("编码", "text"),
        "ming_cheng": ("名称", "text"),
        "shu_liang": ("数量", "integer"),
        "dan_jia": ("单价", "decimal"),
        "ri_qi": ("日期", "date"),
        "lei_bie": ("类别", "select"),
        "qi_yong": ("启用", "boolean"),
        "shuo_ming": ("说明", "long_text"),
        "status_1": ("Status", "text"),
        "ming_cheng_2": ("名称", "text"),
    }
    entity = found.documents["goods/entities/wu_pin.json"]
    assert (entity["display"], entity["unique"]) == ("ming_cheng", [{"name": "bian_ma_once", "fields": ["bian_ma"]}])


def test_what_is_proposed_has_no_problems():
    content = xlsx([TITLES, *rows(40)], names=["物品"])

    found = propose(FileWorkbooks(), io.BytesIO(content), "a.xlsx", "goods")

    assert errors(check_documents({"goods/module.json": MODULE, **found.documents})) == ()


@given(title=st.text(max_size=40), taken=st.lists(st.text(max_size=5), max_size=3))
def test_every_title_has_a_name_that_is_allowed_and_free(title: str, taken: list[str]):
    name = free_name(title, [*taken, free_name(title)])

    assert re.fullmatch(r"[a-z][a-z0-9_]{0,62}", name)
    assert name not in {*taken, free_name(title)}


def test_the_command_line_writes_the_documents(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    module = tmp_path / "goods"
    module.mkdir()
    (module / "module.json").write_text(json.dumps(MODULE), encoding="utf-8")
    file = tmp_path / "a.xlsx"
    file.write_bytes(xlsx([TITLES, *rows(30)], names=["物品"]))

    first = main(["entity", "from-excel", str(file), str(module), "--name", "item"])
    told = capsys.readouterr().out
    second = main(["entity", "from-excel", str(file), str(module), "--name", "item"])

    assert (first, second) == (0, 2)
    assert "bian_ma (text)" in told
    assert main(["check", str(module)]) == 0
