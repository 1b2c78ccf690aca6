"""An empty workbook for each entity: headers with notes, drop-downs, a sheet for each sub-table, and what to write where."""

import io
from collections.abc import Mapping

from engine.definition.field_types import FIELD_TYPES
from engine.definition.model import Entity
from engine.definition.rows import is_within, row_shapes
from engine.projection.texts import in_language
from engine.services.context import Context
from engine.services.exports.columns import kind_of
from engine.services.imports.pointers import pointer_of
from engine.services.imports.targets import LINK_TITLES, Target, sheet_title, targets
from engine.services.installation import Installation
from engine.services.references import DEPARTMENT, USER
from engine.services.work import Work, reading
from engine.services.workbooks import SheetColumn, WorkbookWriter

_WORDS: Mapping[str, Mapping[str, str]] = {
    "instructions": {"zh-CN": "填写说明", "en": "How to fill in"},
    "sheet": {"zh-CN": "工作表", "en": "Sheet"},
    "column": {"zh-CN": "列", "en": "Column"},
    "type": {"zh-CN": "类型", "en": "Type"},
    "required": {"zh-CN": "必填", "en": "Required"},
    "write": {"zh-CN": "说明", "en": "What to write"},
    "example": {"zh-CN": "示例", "en": "Example"},
    "yes": {"zh-CN": "是", "en": "yes"},
    "code_or_name": {"zh-CN": "编码或名称", "en": "code or name"},
    "login_or_name": {"zh-CN": "登录名或姓名", "en": "log-in or name"},
    "link": {
        "zh-CN": "同一条记录在各工作表中写相同的号，如 1、2、3；不会导入。下级子表写上级行的“本行号”。",
        "en": "The same number for one record on every sheet: 1, 2, 3. It is not imported. Rows inside rows say the row key of theirs.",
    },
    "row_key": {
        "zh-CN": "本工作表中每行不同的号，如 1、2、3；下级子表的“关联号”写它；不会导入。",
        "en": "A number that no other row of this sheet has: 1, 2, 3. Rows inside this one say it as their link. It is not imported.",
    },
}


def template(installation: Installation, ctx: Context, key: str) -> tuple[io.BytesIO, str]:
    """Return the empty workbook of an entity and its name. Raises NotFound, Forbidden."""
    with reading(installation, ctx) as work:
        entity = work.entity(key)
        work.require("import", entity)
        target = io.BytesIO()
        writer = installation.workbooks.create(target, "xlsx")
        _Template(work, entity, writer).write()
        writer.close()
        target.seek(0)
        return target, f"{in_language(entity.title, ctx.language)}.xlsx"


class _Template:
    def __init__(self, work: Work, entity: Entity, writer: WorkbookWriter) -> None:
        self._work, self._entity, self._writer = work, entity, writer
        self._language = work.ctx.language
        known = [one for one in targets(work, entity).values() if one.use != "compare"]
        written = {one.table for one in known if one.use == "write"}
        self._sheets: list[tuple[str, list[Target]]] = [
            (in_language(entity.title, self._language), [one for one in known if not one.table])
        ]
        for shape in row_shapes(entity):
            # A key is wanted where rows inside can be filled in.
            inner = any(is_within(path, shape.path) and path != shape.path for path in written)
            rows = [one for one in known if one.table == shape.path and (inner or one.use == "write")]
            if rows:
                self._sheets.append((sheet_title(shape, self._language), rows))

    def write(self) -> None:
        """Write the sheets to fill in, then the one that explains them."""
        link = (
            [SheetColumn(in_language(LINK_TITLES, self._language), note=self._word("link"))]
            if len(self._sheets) > 1
            else []
        )
        for name, columns in self._sheets:
            self._writer.sheet(name, [*link, *(self._column(one) for one in columns)])
        words = ("sheet", "column", "type", "required", "write", "example")
        widths = (16, 22, 14, 8, 60, 30)
        head = [SheetColumn(self._word(word), width=width) for word, width in zip(words, widths, strict=True)]
        number = self._writer.sheet(self._word("instructions"), head)
        for name, columns in self._sheets:
            if link:
                self._writer.row(number, [name, link[0].title, "", "", self._word("link"), "1"])
            for one in columns:
                if one.use == "link":
                    self._writer.row(number, [name, self._title(one), "", "", self._word("row_key"), "1"])
                    continue
                required = self._word("yes") if one.field.required else ""
                told = [name, self._title(one), self._type(one), required, self._explained(one), self._example(one)]
                self._writer.row(number, told)

    def _column(self, one: Target) -> SheetColumn:
        if one.use == "link":
            return SheetColumn(self._title(one), note=self._word("row_key"))
        parts = [self._type(one), self._word("required") if one.field.required else "", self._explained(one)]
        example = f"{self._word('example')}: {self._example(one)}"
        note = "\n".join(part for part in (*parts, example) if part)
        scale = FIELD_TYPES[one.field.type].column(one.field).scale or 0
        title = f"{self._title(one)} *" if one.field.required else self._title(one)
        kind = kind_of(one.field)
        return SheetColumn(
            title,
            kind,
            max(scale - 2, 0) if kind == "percent" else scale,
            max(14, len(title) * 2 + 2),
            self._options(one),
            note,
        )

    def _title(self, one: Target) -> str:
        return in_language(one.field.title, self._language)

    def _type(self, one: Target) -> str:
        return in_language(FIELD_TYPES[one.field.type].title, self._language)

    def _options(self, one: Target) -> tuple[str, ...]:
        if one.field.type == "boolean":
            field_type = FIELD_TYPES["boolean"]
            return tuple(field_type.to_text(value, one.field, self._language) for value in (True, False))
        if one.field.type != "select":
            return ()
        return tuple(in_language(option.title, self._language) for option in one.field.options if not option.retired)

    def _explained(self, one: Target) -> str:
        pointer = pointer_of(self._entity, one.field, "")
        parts = [in_language(one.field.help, self._language)] if one.field.help else []
        if pointer is not None:
            word = "login_or_name" if pointer.shape == USER else "code_or_name"
            pointed = self._work.configuration.entities.get(pointer.shape)
            title = in_language(pointed.title, self._language) if pointed and pointer.shape != DEPARTMENT else ""
            parts.append(f"{title} {self._word(word)}".strip())
        else:
            parts.append(in_language(FIELD_TYPES[one.field.type].docs, self._language))
        shown = [in_language(option.title, self._language) for option in one.field.options if not option.retired]
        parts += [" / ".join(shown[:50])] if shown else []
        return "\n".join(parts)

    def _example(self, one: Target) -> str:
        kind, pointer = FIELD_TYPES[one.field.type], pointer_of(self._entity, one.field, "")
        if pointer is not None:
            return self._word("login_or_name" if pointer.shape == USER else "code_or_name")
        value = kind.coerce(kind.example(one.field), one.field)
        return "" if value is None else kind.to_text(value, one.field, self._language)

    def _word(self, word: str) -> str:
        return in_language(_WORDS[word], self._language)
