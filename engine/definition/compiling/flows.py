"""Flows: checked here as far as they speak of records and roles; `engine.workflow` makes them run."""

import re
from fractions import Fraction

from engine.definition.compiling.documents import Document
from engine.definition.compiling.entities import field_names
from engine.definition.compiling.flow_titles import flow_titles
from engine.definition.compiling.workbench import Part, Workbench, entries, object_of, parts, text_of
from engine.definition.field_paths import USER, resolve
from engine.definition.model import Entity, Flow
from engine.expressions import BOOLEAN, UNKNOWN, Compiled, RecordOf
from engine.paths import join

_QUORUM = re.compile(r"(?:([1-9][0-9]{0,3})/([1-9][0-9]{0,3})|([1-9][0-9]{0,2})%)\Z", re.ASCII)


def compile_flow(bench: Workbench, document: Document) -> Flow | None:
    """Return a flow, None if its entity is unknown."""
    body = document.body
    entity = bench.entity(document, "/entity", body.get("entity"))
    if entity is None:
        return None
    if entity.kind != "document":
        bench.report(document, "/entity", "flow_not_on_a_document", entity=entity.title)
    walk = _Walk(bench, document, entity)
    walk.steps(body.get("steps"), "/steps")
    return Flow(
        module=document.module,
        id=document.id,
        name=document.name,
        title=bench.text(document, "/title", body.get("title")),
        entity=entity.key,
        document=body,
        conditions=walk.conditions,
        project=_project(bench, document, entity, walk.project_role_at),
        titles=flow_titles(bench, document),
    )


def _project(bench: Workbench, document: Document, entity: Entity, asked_at: str) -> str:
    """Return the path to the record whose team answers project roles: as given, else the only one there is."""
    given = text_of(document.body, "project")
    if given:
        found = resolve(bench.entities, entity, given)
        target = bench.entities.get(found.type.entity) if found and isinstance(found.type, RecordOf) else None
        if target is None or target.key not in bench.teams:
            bench.unknown(document, "/project", "flow_project", given, field_names(entity))
        return given
    if entity.key in bench.teams:
        return ""
    paths = [field.name for field in entity.fields if field.to in bench.teams]
    unknown = any(field.expression_type == UNKNOWN for field in entity.fields)
    if len(paths) != 1 and asked_at and not unknown:
        bench.report(document, asked_at, "flow_project_unclear", found=paths)
    return paths[0] if len(paths) == 1 else ""


class _Walk:
    """Goes through the steps once and collects conditions, names and mistakes."""

    def __init__(self, bench: Workbench, document: Document, entity: Entity) -> None:
        self._bench, self._document, self._entity = bench, document, entity
        self._names: set[str] = set()
        self.conditions: dict[str, Compiled] = {}
        self.project_role_at = ""

    def steps(self, value: object, at: str) -> None:
        """Check a list of steps."""
        for pointer, part in parts(value, at):
            name = text_of(part, "name")
            if name in self._names:
                self._report(join(pointer, "name"), "duplicate_name", name=name)
            self._names.add(name)
            kind = text_of(part, "type")
            if kind == "approve":
                self._approve(part, pointer)
            elif kind == "copy":
                self._people(part.get("to"), join(pointer, "to"))
            else:
                self._branches(part, pointer, kind)

    def _report(self, at: str, code: str, **params: object) -> None:
        self._bench.report(self._document, at, code, **params)

    def _approve(self, part: Part, at: str) -> None:
        self._people(part.get("by"), join(at, "by"))
        self._people(object_of(part, "empty").get("assign"), join(at, "empty", "assign"))
        quorum = object_of(part, "mode").get("quorum")
        if isinstance(quorum, str) and not _is_share(quorum):
            self._report(join(at, "mode", "quorum"), "quorum_malformed", quorum=quorum)
        for pointer, path, _ in entries(part.get("fields"), join(at, "fields")):
            found = resolve(self._bench.entities, self._entity, path)
            if found is None or found.hops:
                self._bench.unknown(self._document, pointer, "unknown_field", path, field_names(self._entity))

    def _people(self, value: object, at: str) -> None:
        for pointer, rule in parts(value, at):
            role, project_role, path = rule.get("role"), rule.get("project_role"), rule.get("user_field")
            if isinstance(role, str):
                self._bench.role(self._document, join(pointer, "role"), role)
            if isinstance(project_role, str):
                self.project_role_at = self.project_role_at or pointer
                self._bench.role(self._document, join(pointer, "project_role"), project_role, project=True)
            if isinstance(path, str):
                self._user_field(path, join(pointer, "user_field"))

    def _user_field(self, path: str, at: str) -> None:
        found = resolve(self._bench.entities, self._entity, path)
        if found is None:
            self._bench.unknown(self._document, at, "unknown_field", path, field_names(self._entity))
        elif found.type != RecordOf(USER):
            self._report(at, "not_a_user_field", name=path)

    def _branches(self, part: Part, at: str, kind: str) -> None:
        names: set[str] = set()
        defaults = []
        for pointer, branch in parts(part.get("branches"), join(at, "branches")):
            name = text_of(branch, "name")
            if name in names:
                self._report(join(pointer, "name"), "duplicate_name", name=name)
            names.add(name)
            if kind == "branch":
                defaults += [pointer] if branch.get("default") is True else []
                self._condition(branch, pointer)
            self.steps(branch.get("steps"), join(pointer, "steps"))
        if kind == "branch" and len(defaults) != 1:
            self._report(join(at, "branches"), "branch_default", step=text_of(part, "name"), count=len(defaults))

    def _condition(self, branch: Part, at: str) -> None:
        has_when = isinstance(branch.get("when"), str)
        if has_when == (branch.get("default") is True):
            self._report(at, "branch_condition", name=text_of(branch, "name"))
        scope = self._bench.full_scopes.record(self._entity, self._document.module)
        condition = self._bench.formula(self._document, at, branch, "when", scope, BOOLEAN)
        if condition is not None:
            self.conditions[join(at, "when")] = condition


def _is_share(text: str) -> bool:
    """Say whether a quorum is a fraction or percentage above nothing and at most the whole."""
    found = _QUORUM.match(text)
    if not found:
        return False
    part, whole, percent = found.groups()
    return Fraction(int(part), int(whole)) <= 1 if part else int(percent) <= 100
