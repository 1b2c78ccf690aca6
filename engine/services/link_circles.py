"""Links that would close a circle, told by the names of what they lead through."""

from collections.abc import Iterable, Iterator, Mapping

from engine.definition.model import Entity
from engine.errors import Invalid
from engine.paths import pointer
from engine.problems import Problem
from engine.services.references import References
from engine.services.work import Work
from engine.storage.link_graphs import Circle, circles, circles_around
from engine.storage.records import Record

_MOST_NAMED = 20


def circle_problems(
    work: Work,
    entity: Entity,
    values: Mapping[str, object],
    record_id: str | None,
    references: References,
    before: Mapping[str, object] | None = None,
) -> Iterator[Problem]:
    """Yield `links_circle` for every new link of a record that closes a circle. Raises Busy."""
    if entity.acyclic:
        yield from _told(references, circles(work.tx, work.tables, entity, values, record_id, before))


def refuse_moved_circles(work: Work, entity: Entity, before: Record, after: Record) -> None:
    """Refuse a record's new place in a tree where links would run in a circle there. Raises Invalid, Busy."""
    parent = entity.parent
    if not parent or before.values.get(parent) == after.values.get(parent):
        return
    found = list(_told(References(work), circles_around(work.tx, work.tables, entity, after.id)))
    if found:
        raise Invalid([Problem(one.code, pointer([parent]), one.params) for one in found[:1]])


def _told(references: References, found: Iterable[Circle]) -> Iterator[Problem]:
    for one in found:
        references.learn_names({one.rule.of: one.nodes})
        names = [references.label(one.rule.of, node) for node in one.nodes]
        left_out = len(names) - _MOST_NAMED
        shown = names if left_out <= 0 else [*names[: _MOST_NAMED - 1], "…", names[-1]]
        is_inside = len(one.nodes) == 2 and one.nodes[0] != one.nodes[1]
        code = "links_within" if is_inside else "links_circle"
        yield Problem(code, one.at, {"path": " → ".join(shown), "message": dict(one.rule.message)})
