"""Scenarios: that they speak of people, records, roles and measures that exist. Playing them is for the services."""

from engine.definition.compiling.documents import Document
from engine.definition.compiling.entities import field_names
from engine.definition.compiling.workbench import Part, Workbench, entries, object_of, parts, strings, text_of
from engine.definition.model import Entity, Field, Scenario
from engine.paths import join

RECORD_VERBS = ("update", "delete", "submit", "agree", "reject", "return", "withdraw", "void", "transfer", "read")
CLOSING_VERBS = ("close", "reopen")
VERBS = ("create", *RECORD_VERBS, *CLOSING_VERBS, "measure", "count", "told", "day", "parallel")
_ALWAYS_THERE = frozenset({"admin", "system"})


def compile_scenario(bench: Workbench, document: Document) -> Scenario:
    """Return a scenario as written, after checking what it names."""
    check = _Check(bench, document)
    check.people()
    for part in ("given", "when", "then"):
        check.steps(document.body.get(part), f"/{part}")
    title = bench.text(document, "/title", document.body.get("title"))
    return Scenario(document.module, document.name, title, document.body)


class _Check:
    def __init__(self, bench: Workbench, document: Document) -> None:
        self._bench, self._document = bench, document
        self._people = {*object_of(document.body, "people"), *_ALWAYS_THERE}
        self._records: dict[str, Entity] = {}

    def people(self) -> None:
        for at, _, person in entries(self._document.body.get("people"), "/people"):
            part: Part = person if isinstance(person, dict) else {}
            for pointer, role in strings(part.get("roles"), join(at, "roles")):
                self._bench.role(self._document, pointer, role)
            for pointer, held in parts(part.get("project_roles"), join(at, "project_roles")):
                self._bench.role(self._document, join(pointer, "role"), text_of(held, "role"), project=True)

    def steps(self, value: object, at: str) -> None:
        for pointer, step in parts(value, at):
            verbs = [verb for verb in VERBS if verb in step]
            if len(verbs) != 1:
                self._bench.report(self._document, pointer, "scenario_verb", verbs=verbs or list(VERBS))
                continue
            self._step(verbs[0], step, pointer)

    def _step(self, verb: str, step: Part, at: str) -> None:
        actor = text_of(step, "as")
        if actor and actor not in self._people:
            self._bench.unknown(self._document, join(at, "as"), "unknown_person", actor, self._people)
        if verb == "parallel":
            self.steps(step.get("parallel"), join(at, "parallel"))
        elif verb in ("day", "told"):
            return
        elif verb == "measure":
            self._measure(step, at)
        elif verb in CLOSING_VERBS:
            ledger = self._bench.entity(self._document, join(at, verb), step.get(verb))
            if ledger is not None and ledger.closing is None and "refused" not in step:
                self._bench.report(self._document, join(at, verb), "ledger_never_closes", entity=ledger.title)
        elif verb == "count":
            self._bench.entity(self._document, join(at, "count"), step.get("count"))
        elif verb == "create":
            entity = self._bench.entity(self._document, join(at, "create"), step.get("create"))
            self._values(entity, step, at)
            if entity is not None:
                self._records[text_of(step, "call")] = entity
        else:
            self._record(verb, step, at)

    def _record(self, verb: str, step: Part, at: str) -> None:
        name = text_of(step, verb).removeprefix("@")
        if name not in self._records:
            self._bench.unknown(self._document, join(at, verb), "unknown_record", name, set(self._records))
        self._values(self._records.get(name), step, at)

    def _measure(self, step: Part, at: str) -> None:
        measure = self._bench.measure(self._document, join(at, "measure"), text_of(step, "measure"))
        known = {dimension.name for dimension in measure.dimensions} if measure else set()
        for pointer, name, _ in entries(step.get("where"), join(at, "where")):
            if measure and name not in known:
                self._bench.unknown(self._document, pointer, "measure_lacks_dimension", name, known)

    def _values(self, entity: Entity | None, step: Part, at: str) -> None:
        """Check the names of fields, unless the step is there to be refused."""
        if entity is None or "refused" in step:
            return
        for pointer, name, value in entries(step.get("values"), join(at, "values")):
            field = entity.field(name)
            if field is None:
                self._bench.unknown(self._document, pointer, "unknown_field", name, field_names(entity))
            else:
                self._rows(field, value, pointer)

    def _rows(self, table: Field, value: object, at: str) -> None:
        for place, row in parts(value, at) if table.is_table else ():
            for inner, key, below in entries(row, place):
                field = table.field(key)
                if field is not None:
                    self._rows(field, below, inner)
                elif key != "id":
                    known = [child.name for child in table.fields]
                    self._bench.unknown(self._document, inner, "unknown_field", key, known)
