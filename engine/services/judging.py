"""Judging a record: what was sent becomes what would be stored, with every finding. All paths that write come through here."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from engine.definition import values as record_values
from engine.definition.model import Entity
from engine.definition.rows import rows_of
from engine.expressions import Environment, ExpressionError
from engine.paths import join
from engine.problems import Problem, errors
from engine.projection.masking import masked_paths, without_masks
from engine.services.attachments import with_stored_files
from engine.services.closing_checks import closing_problems
from engine.services.evaluation import AsIf, environment
from engine.services.figure_locks import hold_figures
from engine.services.link_circles import circle_problems
from engine.services.reference_checks import reference_problems
from engine.services.references import References
from engine.services.seen_references import without_unseen
from engine.services.work import Work
from engine.storage.overlaps import overlap_problems
from engine.storage.records import Record
from engine.storage.uniqueness import unique_problems


@dataclass(frozen=True, slots=True)
class Judged:
    """What would be stored, every finding (errors and warnings), and what was read on the way."""

    values: Mapping[str, object]
    problems: tuple[Problem, ...]
    references: References
    env: Environment

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """Return the findings that do not block."""
        return tuple(problem for problem in self.problems if problem.severity == "warning")


def judge(
    work: Work,
    entity: Entity,
    payload: Mapping[str, object],
    existing: Record | None,
    *,
    moment: str = "save",
    access: Mapping[str, str] | None = None,
    locking: bool = False,
    references: References | None = None,
    among_many: bool = False,
) -> Judged:
    """Return what a payload leads to.

    `existing` is the record that it changes; `access` says which paths may not be written now. Nothing is stored. A batch
    shares what was read of `references`, and with `among_many` asks itself what is unique and what overlaps.
    """
    before = dict(existing.values) if existing else None
    stored = record_values.dump(entity, before) if before and masked_paths(access or {}) else {}
    given = without_masks(entity, payload, stored, access or {}, work.ctx.language)
    told, unknown = with_stored_files(work, entity, given, existing.id if existing else None)
    sent, problems = record_values.accept(entity, told, partial=existing is not None, current=before)
    found = [*unknown, *problems, *_not_writable(entity, sent, before or {}, access or {})]
    taken, unseen = without_unseen(work, entity, sent, before or {})
    found += unseen
    references = References(work) if references is None else references
    system = existing.system if existing else _new_system(work, entity)
    start = environment(work, references, system, old=before)
    references.of_record(entity, {**(before or {}), **taken})
    settled = _worked_out(entity, taken, start, before)
    values = settled.values
    found += settled.problems
    references.of_record(entity, values)
    env = replace(start, values={**system, **values})
    found += record_values.read_only_changes(entity, before, values, env) if before else ()
    found += reference_problems(work, entity, values, before or {}, references, env)
    found = [one for one in found if not record_values.is_under(one.pointer, settled.ignored)]
    # What could not be read is not missing as well.
    reported = {problem.pointer for problem in found}
    found += (one for one in record_values.together(entity, values, before or {}, env) if one.pointer not in reported)
    found += (one for one in record_values.completeness(entity, values, env) if one.pointer not in reported)
    if not errors(found):
        found += record_values.charter_problems(entity, values)
        found += _rules(work, entity, values, existing, env, moment, locking=locking, among_many=among_many)
        found += circle_problems(work, entity, values, existing.id if existing else None, references, before)
    return Judged(values, tuple(found), references, env)


def _worked_out(
    entity: Entity, sent: Mapping[str, object], env: Environment, before: Mapping[str, object] | None
) -> record_values.Settled:
    """Return the record with defaults, copies and formulas; a default without a value is a finding and leaves a blank."""
    try:
        return record_values.settle(entity, sent, env, before)
    except ExpressionError as error:
        filled = {**(before or {}), **sent}
        values, failed = record_values.compute(entity, filled, env)
        return record_values.Settled(values, (record_values.failed(error, entity.title), *failed))


def _rules(
    work: Work,
    entity: Entity,
    values: Mapping[str, object],
    existing: Record | None,
    env: Environment,
    moment: str,
    *,
    locking: bool,
    among_many: bool,
) -> Iterator[Problem]:
    """Ask the entity's own rules. They come last: on a record that is not whole they would only repeat what was said."""
    record_id = existing.id if existing else None
    figures = AsIf(work, entity, record_id, env, locking=locking)
    checking = replace(env, measure=figures)
    if locking:
        hold_figures(work, entity, values, env, moment, figures)
    yield from record_values.check_rules(entity, values, checking, moment)
    yield from closing_problems(work, entity, values, checking, moment)
    if among_many:
        return
    seen = record_values.without_ignored(values, record_values.ignored(entity, values, checking))
    yield from unique_problems(work.tx, work.tables, entity.key, seen, record_id)
    yield from overlap_problems(work.tx, work.tables, entity.key, seen, record_id)


def _not_writable(
    entity: Entity, sent: Mapping[str, object], before: Mapping[str, object], access: Mapping[str, str]
) -> Iterator[Problem]:
    """Report what was sent for fields that may not be written; sending back what stands there changes nothing and is no fault."""
    for path, allowed in access.items():
        field = entity.at(path)
        if allowed in ("write", "required") or field is None:
            continue
        for at in _changed(path.split("."), sent, before, ""):
            yield Problem("field_not_writable", at, {"title": field.title, "path": path})


def _changed(way: Sequence[str], sent: Mapping[str, object], stored: Mapping[str, object], at: str) -> Iterator[str]:
    """Yield where another value is brought than the one that stands there (in a new row: any value)."""
    name, *rest = way
    if name not in sent:
        return
    place = join(at, name)
    if not rest:
        if sent[name] != stored.get(name):
            yield place
        return
    known: dict[object, Mapping[str, object]] = {row["id"]: row for row in rows_of(stored.get(name))}
    for position, row in enumerate(rows_of(sent[name])):
        yield from _changed(rest, row, known.get(row.get("id"), {}), join(place, position))


def _new_system(work: Work, entity: Entity) -> dict[str, object]:
    ctx = work.ctx
    system: dict[str, object] = {"id": None, "version": 0, "created_at": ctx.now, "updated_at": ctx.now}
    system |= {"created_by": ctx.actor.id, "updated_by": ctx.actor.id, "owner": ctx.actor.id}
    if entity.kind == "document":
        system |= {"status": "draft", "submitted_at": None, "effective_at": None}
    return system
