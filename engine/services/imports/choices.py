"""What a person chose for an import: which sheet and column goes where, and how records are found and written."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal, cast

from engine.definition.model import Entity
from engine.definition.rows import above
from engine.errors import Invalid
from engine.paths import pointer
from engine.problems import Problem
from engine.services.imports.targets import LINK, ROW, Target
from engine.services.references import is_pointing, target
from engine.services.work import Work
from engine.services.workbooks import SheetInfo

Mode = Literal["create", "update", "upsert"]


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """One column: its number from 0, the path that it is for, and `by`, the field by which what it points at is found.

    With `rounded` numbers are rounded half up to the digits that the field has.
    """

    column: int
    field: str
    by: str = ""
    rounded: bool = False


@dataclass(frozen=True, slots=True)
class SheetChoice:
    """One sheet: `header` is the row with the titles, from 1; `table` the path of the sub-table whose rows it has, "" for records."""

    sheet: int
    header: int
    columns: tuple[ColumnChoice, ...]
    table: str = ""

    @property
    def link(self) -> int | None:
        """Return the column that says what belongs together."""
        return next((one.column for one in self.columns if one.field == LINK), None)

    @property
    def key(self) -> int | None:
        """Return the column that names each row of the sub-table, for the rows inside it."""
        return next((one.column for one in self.columns if self.table and one.field == f"{self.table}.{ROW}"), None)


@dataclass(frozen=True, slots=True)
class Choices:
    """A whole import.

    `key` are the fields that a record is found by; `all_or_nothing` writes nothing while anything is wrong; a blank cell clears
    a value only with `clear_blanks`; `submit` hands documents in.
    """

    sheets: tuple[SheetChoice, ...]
    mode: Mode = "create"
    key: tuple[str, ...] = ()
    all_or_nothing: bool = True
    clear_blanks: bool = False
    submit: bool = False

    @property
    def records(self) -> SheetChoice:
        """Return the sheet that has the records."""
        return next(one for one in self.sheets if not one.table)

    def to_json(self) -> dict[str, Any]:
        """Return the choices as JSON, as `read_choices` takes them."""
        return asdict(self)


def read_choices(given: Mapping[str, Any]) -> Choices:
    """Return the choices that JSON of the right shape says."""
    sheets = tuple(
        SheetChoice(
            one["sheet"],
            one["header"],
            tuple(ColumnChoice(**column) for column in one["columns"] if column["field"]),
            one.get("table", ""),
        )
        for one in given["sheets"]
    )
    named = {name: given[name] for name in ("all_or_nothing", "clear_blanks", "submit") if name in given}
    return Choices(sheets, cast(Mode, given.get("mode", "create")), tuple(given.get("key", ())), **named)


def check_choices(
    work: Work, entity: Entity, choices: Choices, known: Mapping[str, Target], sheets: Sequence[SheetInfo]
) -> None:
    """Refuse choices that cannot be carried out. Raises Invalid with every mistake, Forbidden."""
    for action in {"create": ("create",), "update": ("update",), "upsert": ("create", "update")}[choices.mode]:
        work.require(action, entity)
    if choices.submit:
        work.require("submit", entity)
    problems = [*_of_sheets(choices, sheets), *_of_key(choices, known)]
    for number, sheet in enumerate(choices.sheets):
        problems += _of_columns(work, entity, sheet, number, known, sheets)
    if problems:
        raise Invalid(problems)


def _of_sheets(choices: Choices, sheets: Sequence[SheetInfo]) -> Iterator[Problem]:
    if sum(not one.table for one in choices.sheets) != 1:
        yield Problem("import_needs_one_sheet_of_records", "/sheets")
    for number, one in enumerate(choices.sheets):
        if not 0 <= one.sheet < len(sheets):
            yield Problem("unknown_sheet", pointer(["sheets", number, "sheet"]), {"sheet": one.sheet})
        elif one.table and not (one.link is not None and _can_be_linked(choices, above(one.table))):
            code = "import_needs_row_key" if above(one.table) else "import_needs_link"
            yield Problem(code, pointer(["sheets", number]), {"sheet": sheets[one.sheet].name})


def _can_be_linked(choices: Choices, table: str) -> bool:
    """Say whether a sheet names what rows lie in: records by their link, rows by their key."""
    return any((one.key if table else one.link) is not None for one in choices.sheets if one.table == table)


def _of_key(choices: Choices, known: Mapping[str, Target]) -> Iterator[Problem]:
    if choices.mode == "create":
        return
    mapped = {column.field for one in choices.sheets if not one.table for column in one.columns}
    if not choices.key:
        yield Problem("import_needs_key", "/key")
    for number, path in enumerate(choices.key):
        if path not in known or known[path].table or path not in mapped:
            yield Problem("import_key_not_mapped", pointer(["key", number]), {"field": path})


def _of_columns(
    work: Work,
    entity: Entity,
    sheet: SheetChoice,
    number: int,
    known: Mapping[str, Target],
    sheets: Sequence[SheetInfo],
) -> Iterator[Problem]:
    seen: set[str] = set()
    for place, one in enumerate(sheet.columns):
        at = pointer(["sheets", number, "columns", place])
        found = known.get(one.field)
        if one.field in seen:
            yield Problem("import_field_twice", at, {"field": found.title if found else one.field})
        seen.add(one.field)
        if one.field == LINK:
            continue
        if found is None or (sheet.table and found.table != sheet.table):
            yield Problem("unknown_path", at, {"path": one.field})
        elif one.by and not _can_find_by(work, entity, found, one.by):
            yield Problem("unknown_path", at, {"path": one.by})
    if 0 <= sheet.sheet < len(sheets) and not seen - {LINK} and sheet.key is None:
        yield Problem("import_needs_columns", pointer(["sheets", number]), {"sheet": sheets[sheet.sheet].name})


def _can_find_by(work: Work, entity: Entity, found: Target, by: str) -> bool:
    pointed = work.configuration.entities.get(target(entity, found.field))
    return is_pointing(found.field) and (pointed is None or by == "id" or pointed.field(by) is not None)
