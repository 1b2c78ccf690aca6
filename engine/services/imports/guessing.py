"""What an entity could be that the records of a file are of: fields guessed from titles and values; pure."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from pypinyin import lazy_pinyin

from engine.definition.field_types import FIELD_TYPES
from engine.definition.model import Field
from engine.expressions import RESERVED
from engine.services.imports.cells import is_blank, number_of, shown
from engine.services.workbooks import Cell

_ADDRESS = "https://formwork.dev/schemas/v1/"
_TAKEN = frozenset(
    {"id", "version", "status", "owner", "record", "created_at", "created_by", "updated_at", "updated_by"}
)
_KEY = re.compile(r"编号|编码|代码|货号|工号|单号|^(?:code|no\.?|number|id)$", re.IGNORECASE)
_NAME = re.compile(r"名称|姓名|标题|^(?:name|title)$", re.IGNORECASE)
_DAY = re.compile(r"[0-9]{4}\s*[-/.年]\s*[0-9]{1,2}\s*[-/.月]\s*[0-9]{1,2}\s*日?\s*\Z")
_MOST_OPTIONS, _LEAST_EACH = 12, 4
_LONG = 120
_PATTERNED = ("email", "url")
"""Types of text that every value must fit to be taken for one."""


@dataclass(frozen=True, slots=True)
class Guess:
    """One column as a field: its number, title, name, and the type with the settings that the values ask for."""

    column: int
    title: str
    name: str
    type: str
    schema: Mapping[str, Any]
    required: bool
    unique: bool


def guesses(titles: Sequence[str], rows: Sequence[Sequence[Cell]]) -> list[Guess]:
    """Return the fields that the columns with a title seem to be."""
    found: list[Guess] = []
    taken: set[str] = set()
    for column, title in enumerate(titles):
        if not title.strip():
            continue
        cells = [row[column] if column < len(row) else None for row in rows]
        filled = [cell for cell in cells if not is_blank(cell)]
        bare = title.strip().strip("*").strip()[:60] or f"F{column + 1}"
        name = free_name(bare, taken)
        taken.add(name)
        kind, schema = _kind(filled)
        distinct = {shown(cell) for cell in filled}
        whole = bool(filled) and len(filled) == len(cells)
        key = bool(_KEY.search(bare)) and whole and len(distinct) == len(filled)
        if key:
            kind, schema = "text", {"type": "string", "maxLength": 60}
        found.append(Guess(column, bare, name, kind, schema, whole and (key or bool(_NAME.search(bare))), key))
    return found


def documents(module: str, name: str, title: str, found: Sequence[Guess]) -> dict[str, dict[str, Any]]:
    """Return the entity, its form and its table as documents by path."""
    display = next((one.name for one in found if _NAME.search(one.title) and one.type == "text"), "")
    display = display or next((one.name for one in found if one.type == "text"), found[0].name)
    required = [one.name for one in found if one.required or one.name == display]
    entity: dict[str, Any] = {
        "$schema": f"{_ADDRESS}entity.schema.json",
        "name": name,
        "title": title,
        "kind": "master",
    }
    entity |= {"display": display}
    unique = [{"name": f"{one.name}_once", "fields": [one.name]} for one in found if one.unique]
    entity |= {"unique": unique} if unique else {}
    properties = {one.name: {"title": one.title, **one.schema} for one in found}
    entity |= {"schema": {"type": "object", "required": required, "properties": properties}}
    names = [one.name for one in found]
    form: dict[str, Any] = {"$schema": f"{_ADDRESS}form.schema.json", "name": name, "title": title, "entity": name}
    form |= {"items": [{"section": title, "items": names}]}
    shown_ = [one.name for one in found if one.type != "long_text"][:8]
    view: dict[str, Any] = {
        "$schema": f"{_ADDRESS}view.schema.json",
        "name": f"{name}_list"[:63],
        "title": title,
        "entity": name,
    }
    view |= {"kind": "table", "columns": shown_, "sort": [next((one.name for one in found if one.unique), display)]}
    return {
        f"{module}/entities/{name}.json": entity,
        f"{module}/forms/{name}.json": form,
        f"{module}/views/{view['name']}.json": view,
    }


def free_name(title: str, taken: Iterable[str] = ()) -> str:
    """Return a name for a title: its words in lower case, Chinese as pinyin; one that is not taken."""
    plain = unicodedata.normalize("NFKC", title)
    spelled = "_".join(lazy_pinyin(plain, errors=lambda text: f"_{text}_"))
    bare = re.sub(r"_+", "_", re.sub(r"[^a-z0-9]+", "_", spelled.lower())).strip("_")[:50].strip("_")
    bare = bare if re.match("[a-z]", bare) else f"f_{bare}".strip("_")
    bare = f"{bare}_1" if bare in _TAKEN or bare.upper() in RESERVED else bare
    used, number, found = set(taken), 1, bare
    while found in used:
        number += 1
        found = f"{bare}_{number}"
    return found


def _kind(cells: Sequence[Cell]) -> tuple[str, dict[str, Any]]:
    """Return the type that all values fit, the narrowest first, with its JSON Schema."""
    if cells and all(isinstance(cell, bool) for cell in cells):
        return "boolean", {"type": "boolean"}
    if cells and all(isinstance(cell, time) for cell in cells):
        return "time", {"type": "string", "format": "time"}
    if cells and all(isinstance(cell, date) or (isinstance(cell, str) and _DAY.match(cell)) for cell in cells):
        has_time = any(isinstance(cell, datetime) and cell.time() != time() for cell in cells)
        return (
            ("datetime", {"type": "string", "format": "date-time"})
            if has_time
            else ("date", {"type": "string", "format": "date"})
        )
    numbers = [_number(cell) for cell in cells]
    exact = [number for number in numbers if number is not None]
    if cells and len(exact) == len(cells):
        return _number_kind(exact)
    return _text_kind([shown(cell).strip() for cell in cells])


def _number(cell: Cell) -> Decimal | None:
    """Return the number of a cell; a text with a leading zero or very many digits is a code and no number."""
    if isinstance(cell, Decimal):
        return cell
    if not isinstance(cell, str) or re.match(r"\s*0[0-9]", cell) or sum(one.isdigit() for one in cell) > 15:
        return None
    return number_of(cell)


def _number_kind(numbers: Sequence[Decimal]) -> tuple[str, dict[str, Any]]:
    scale = max(max(0, -int(number.normalize().as_tuple().exponent)) for number in numbers)
    if scale == 0 and max(abs(number) for number in numbers) < 2**53:
        return "integer", {"type": "integer"}
    return "decimal", {"type": "string", "format": "decimal", "x-field": {"scale": min(max(scale, 2), 8)}}


def _text_kind(texts: Sequence[str]) -> tuple[str, dict[str, Any]]:
    for kind in _PATTERNED:
        plain = Field("f", "f", {"zh-CN": "f"}, kind)
        if texts and all(FIELD_TYPES[kind].coerce(text, plain) == text for text in texts):
            return kind, {"type": "string", "format": {"url": "uri"}.get(kind, kind), "x-field": {"type": kind}}
    distinct = list(dict.fromkeys(texts))
    few = 2 <= len(distinct) <= _MOST_OPTIONS and len(texts) >= _LEAST_EACH * len(distinct)
    if few and all(len(text) <= 20 for text in distinct):
        taken: list[str] = []
        for text in distinct:
            taken.append(free_name(text, taken))
        options = [{"const": value, "title": text} for value, text in zip(taken, distinct, strict=True)]
        return "select", {"type": "string", "oneOf": options}
    longest = max(map(len, texts), default=0)
    if longest > _LONG or any("\n" in text for text in texts):
        return "long_text", {"type": "string", "x-field": {"type": "long_text"}}
    return "text", {"type": "string", "maxLength": max(60, -(-longest * 2 // 20) * 20)}
