"""From the rows of a file to what is wished of the records: values read, references found, records matched by key."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from engine.definition.field_types import FIELD_TYPES
from engine.definition.model import Entity, Field
from engine.definition.rows import Place, rows_of
from engine.paths import join
from engine.problems import Problem
from engine.services.batches import Wish
from engine.services.imports.cells import is_blank, shown, value_of
from engine.services.imports.choices import Choices, ColumnChoice
from engine.services.imports.lines import Entry, Line
from engine.services.imports.pointers import Pointer, Pointers, pointer_of
from engine.services.imports.targets import Target
from engine.services.work import Work
from engine.services.workbooks import Cell
from engine.storage.line_values import Line as Values
from engine.storage.records import Record
from engine.storage.uniqueness import holders


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is done with the cells of one path."""

    target: Target
    choice: ColumnChoice
    pointer: Pointer | None


class Reader:
    """Turns entries of a file into wishes; keeps what it has looked up."""

    def __init__(self, work: Work, entity: Entity, choices: Choices, known: Mapping[str, Target]) -> None:
        self._work = work
        self._entity = entity
        self._choices = choices
        self._pointers = Pointers(work)
        self._seen: dict[tuple[object, ...], int] = {}
        self._plans = {
            one.field: _Plan(known[one.field], one, pointer_of(entity, known[one.field].field, one.by))
            for sheet in choices.sheets
            for one in sheet.columns
            if one.field in known
        }

    def wishes(self, entries: Sequence[Entry]) -> list[Wish]:
        """Return what is wished of the records of some entries, with what could not be read of them."""
        self._pointers.learn(self._texts(entries))
        read = [self._read(entry) for entry in entries]
        if self._choices.mode == "create":
            return [
                Wish(entry.number, values, problems=problems)
                for entry, (values, _, problems) in zip(entries, read, strict=True)
            ]
        return self._matched(entries, read)

    def compared(self, entry: Entry, values: Mapping[str, object]) -> Iterator[tuple[str, Problem]]:
        """Yield for each value of a file that the system works out otherwise where it stands, and both values."""
        for path, plan in self._plans.items():
            if plan.target.use != "compare" or (path in self._choices.key and self._choices.mode != "create"):
                continue
            for at, line, row in _beside(entry.head, values, plan.target.table):
                yield from self._difference(plan, line.cells.get(path), row, join(at, plan.target.field.name))

    def forget(self, shape: str) -> None:
        """Look again for what was not there: records of this kind have been stored meanwhile."""
        self._pointers.forget(shape)

    def _difference(
        self, plan: _Plan, cell: Cell, values: Mapping[str, object], at: str
    ) -> Iterator[tuple[str, Problem]]:
        field = plan.target.field
        if is_blank(cell) or field.series is not None or plan.pointer is not None:
            return
        own = values.get(field.name)
        given = value_of(cell, field, self._work.timezone, rounded=True)
        system = accepted_json(field, own)
        if given != system:
            told = {"field": field.title, "excel": shown(cell), "system": "" if system is None else str(system)}
            yield at, Problem("import_difference", at, told, severity="warning")

    def _texts(self, entries: Iterable[Entry]) -> Iterator[tuple[Pointer, str]]:
        for entry in entries:
            for line in (entry.head, *entry.head.inside()):
                for path, cell in line.cells.items():
                    plan = self._plans.get(path)
                    if plan is not None and plan.pointer is not None and not is_blank(cell):
                        yield plan.pointer, shown(cell)

    def _read(self, entry: Entry) -> tuple[dict[str, object], dict[str, object], tuple[Problem, ...]]:
        """Return what is to be written, what the record is to be found by, and what could not be read."""
        problems = list(entry.problems)
        values = self._values(entry.head, "", problems)
        keys = {path: self._value(path, entry.head.cells.get(path), "", problems) for path in self._key}
        return values, keys, tuple(problems)

    @property
    def _key(self) -> tuple[str, ...]:
        return () if self._choices.mode == "create" else self._choices.key

    def _values(self, line: Line, at: str, problems: list[Problem]) -> dict[str, object]:
        found: dict[str, object] = {}
        for path, cell in line.cells.items():
            plan = self._plans.get(path)
            if plan is None or plan.target.use != "write":
                continue
            if is_blank(cell):
                if self._choices.clear_blanks:
                    found[plan.target.field.name] = None
                continue
            value = self._value(path, cell, at, problems)
            if value is not None:
                found[plan.target.field.name] = value
        problems += [one.under(at) for one in line.problems]
        for path, lines in line.tables.items():
            name = path.rpartition(".")[2]
            rows = [self._values(one, join(at, name, number), problems) for number, one in enumerate(lines)]
            if rows or self._choices.clear_blanks:
                found[name] = rows
        return found

    def _value(self, path: str, cell: Cell, at: str, problems: list[Problem]) -> object:
        plan = self._plans.get(path)
        if plan is None or is_blank(cell):
            return None
        field = plan.target.field
        value = (
            self._pointers.value(plan.pointer, shown(cell), field)
            if plan.pointer is not None
            else value_of(cell, field, self._work.timezone, rounded=plan.choice.rounded)
        )
        if isinstance(value, Problem):
            told = {**value.params, "title": field.title, "field": value.params.get("field", field.name)}
            found = Problem(value.code, join(at, field.name), told)
            if found not in problems:
                problems.append(found)
            return None
        return value

    def _matched(
        self,
        entries: Sequence[Entry],
        read: Sequence[tuple[dict[str, object], dict[str, object], tuple[Problem, ...]]],
    ) -> list[Wish]:
        """Return wishes with the ids of the records that have the same key."""
        keys = [self._key_values(keys) for _, keys, _ in read]
        numbers = [number for number, values in enumerate(keys) if None not in values]
        asked = [Values(Place(""), keys[number]) for number in numbers]
        held: dict[int, list[str]] = {}
        if asked:
            work = self._work
            for at, record_id in holders(work.tx, work.tables, self._entity, self._key, "", asked):
                held.setdefault(numbers[at], []).append(record_id)
        existing = self._existing_rows([ids[0] for ids in held.values() if len(ids) == 1])
        wishes = []
        for number, (entry, (values, _, problems)) in enumerate(zip(entries, read, strict=True)):
            more = list(self._match_problems(keys[number], held.get(number, []), entry))
            record_id = held.get(number, [""])[0] if not more else ""
            known = existing.get(record_id)
            sent = _with_row_ids(self._entity.fields, values, known.values) if known else values
            wishes.append(Wish(entry.number, sent, record_id, problems=(*problems, *more)))
        return wishes

    def _match_problems(self, key: tuple[object, ...], ids: Sequence[str], entry: Entry) -> Iterator[Problem]:
        at = join("", self._key[0])
        title = {"field": self._plans[self._key[0]].target.field.title}
        if None in key:
            if self._choices.mode == "update":
                yield Problem("import_key_blank", at, title)
            return
        if key in self._seen:
            yield Problem("import_key_twice", at, title | {"row": self._seen[key]})
        self._seen.setdefault(key, entry.head.row)
        if len(ids) > 1:
            yield Problem("import_key_ambiguous", at, title | {"count": len(ids)})
        elif not ids and self._choices.mode == "update":
            yield Problem("import_key_unknown", at, title)

    def _key_values(self, keys: Mapping[str, object]) -> tuple[object, ...]:
        """Return the values of a key as they are stored."""
        found = []
        for path in self._key:
            field = self._plans[path].target.field
            found.append(canonical(field, keys.get(path)))
        return tuple(found)

    def _existing_rows(self, ids: Sequence[str]) -> Mapping[str, Record]:
        wanted = any(plan.target.table for plan in self._plans.values())
        return self._work.records.get_many(self._entity.key, ids) if wanted and ids else {}


def canonical(field: Field, value: object) -> object:
    """Return the stored form of a JSON value, None where it has none."""
    if value is None:
        return None
    found = FIELD_TYPES[field.type].coerce(value, field)
    return None if isinstance(found, Problem) else found


def accepted_json(field: Field, value: object) -> object:
    """Return the JSON form of a stored value."""
    return None if value is None else FIELD_TYPES[field.type].to_json(value)


def _beside(
    line: Line, values: Mapping[str, object], table: str, at: str = "", done: str = ""
) -> Iterator[tuple[str, Line, Mapping[str, object]]]:
    """Yield the lines of a sub-table with the rows that became of them, and the pointers to these."""
    if done == table:
        yield at, line, values
        return
    name = table[len(done) :].lstrip(".").partition(".")[0]
    path = f"{done}.{name}" if done else name
    for number, (one, row) in enumerate(zip(line.tables.get(path, ()), rows_of(values.get(name)), strict=False)):
        yield from _beside(one, row, table, join(at, name, number), path)


def _with_row_ids(
    fields: Sequence[Field], values: Mapping[str, object], stored: Mapping[str, object]
) -> dict[str, object]:
    """Return values whose rows have the ids of those that stand in their places, so that equal rows stay as they are."""
    found = dict(values)
    for table in fields:
        rows = found.get(table.name) if table.is_table else None
        if isinstance(rows, list):
            known = rows_of(stored.get(table.name))
            found[table.name] = [
                {**_with_row_ids(table.fields, row, known[n]), "id": known[n]["id"]} if n < len(known) else row
                for n, row in enumerate(rows)
            ]
    return found
