"""A neutral entity with twelve fields, its people, and files of many records of it: what imports and exports are measured on."""

import io
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import argon2
import xlsxwriter

from engine.adapters.passwords import Argon2Hasher
from engine.app import JOB_KINDS, create_installation
from engine.services import accounts
from engine.services.context import Context
from engine.services.installation import Installation
from engine.services.jobs import run_due
from engine.services.publications import publish_documents
from engine.services.setup import system_context
from engine.settings import Settings
from engine.storage import head
from engine.storage.accounts import Accounts

ENTITY, PLACE = "goods.item", "goods.place"
PLACES = 500
TITLES = ("编码", "名称", "单价", "数量", "合计", "类别", "启用", "日期", "重量", "占比", "备注", "位置")
_ADDRESS = "https://formwork.dev/schemas/v1/"


def _text(title: str, longest: int = 60) -> dict[str, object]:
    return {"title": title, "type": "string", "maxLength": longest}


def _decimal(title: str, **more: object) -> dict[str, object]:
    return {"title": title, "type": "string", "format": "decimal"} | ({"x-field": more} if more else {})


DOCUMENTS: Mapping[str, object] = {
    "goods/module.json": {
        "$schema": f"{_ADDRESS}module.schema.json",
        "name": "goods",
        "version": "1.0.0",
        "title": "物品",
    },
    "goods/entities/place.json": {
        "$schema": f"{_ADDRESS}entity.schema.json",
        "name": "place",
        "title": "位置",
        "kind": "master",
        "display": "name",
        "schema": {"type": "object", "required": ["name"], "properties": {"name": _text("名称")}},
    },
    "goods/entities/item.json": {
        "$schema": f"{_ADDRESS}entity.schema.json",
        "name": "item",
        "title": "物品",
        "kind": "master",
        "display": "name",
        "unique": [{"name": "code_once", "fields": ["code"], "message": "编码重复"}],
        "rules": [{"name": "worth", "check": "count * price <= 100000", "message": "过多", "target": "count"}],
        "schema": {
            "type": "object",
            "required": ["code", "name"],
            "properties": {
                "code": _text("编码", 12),
                "name": _text("名称"),
                "price": _decimal("单价", type="money", min="0"),
                "count": {"title": "数量", "type": "integer", "minimum": 0},
                "total": _decimal("合计", type="money", formula="ROUND(count * price, 2)") | {"readOnly": True},
                "kind": {
                    "title": "类别",
                    "type": "string",
                    "oneOf": [{"const": "part", "title": "零件"}, {"const": "tool", "title": "工具"}],
                },
                "active": {"title": "启用", "type": "boolean"},
                "made_on": {"title": "日期", "type": "string", "format": "date"},
                "weight": _decimal("重量", scale=3),
                "share": _decimal("占比", type="percent"),
                "note": _text("备注"),
                "place": {"title": "位置", "type": "string", "x-field": {"type": "reference", "to": "place"}},
            },
        },
    },
}


@contextmanager
def store(url: str, files: Path) -> Iterator[tuple[Installation, Context]]:
    """Give an installation with 500 places, and the context of its administrator."""
    hasher = Argon2Hasher(argon2.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    installation = create_installation(
        Settings(database_url=url, files_dir=files, max_upload=200 * 2**20), hasher=hasher
    )
    with installation.database.writing() as tx:
        before = head.take_for_publishing(tx)
        publish_documents(installation, system_context(installation), tx, before, DOCUMENTS, "what is measured")
        admin = Accounts(tx).add("admin", "admin", hasher.hash("-"), now=installation.clock.now(), is_admin=True)
    actor = accounts.load_actor(installation, admin.id)
    if actor is None:
        raise LookupError(admin.id)
    yield installation, Context(actor, datetime.now(UTC), uuid.uuid4().hex)
    installation.database.close()


def row(number: int, *, bad: bool, place: bool) -> list[object]:
    """Return the cells of one record; a bad one has a price that is none."""
    day = date(2026, 1, 1) + timedelta(days=number % 365)
    price: object = "dear" if bad else (number % 9000) / 100
    count = number % 50
    cells: list[object] = [
        f"C{number}",
        f"物品 {number}",
        price,
        count,
        None,
        ("零件", "工具")[number % 2],
        number % 3 > 0,
        day,
    ]
    return [
        *cells,
        (number % 4000) / 1000,
        (number % 100) / 100,
        f"note {number}",
        f"P{number % PLACES}" if place else None,
    ]


def workbook(rows: Iterator[list[object]], titles: tuple[str, ...] = TITLES) -> bytes:
    """Return an xlsx file of records."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"constant_memory": True})
    sheet, day = book.add_worksheet("物品"), book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write_row(0, 0, titles)
    for number, cells in enumerate(rows, 1):
        for column, cell in enumerate(cells):
            if isinstance(cell, date):
                sheet.write_datetime(number, column, cell, day)
            elif cell is not None:
                sheet.write(number, column, cell)
    book.close()
    return target.getvalue()


def work_off(installation: Installation) -> None:
    """Do all work that waits."""
    while run_due(installation, JOB_KINDS):
        pass
