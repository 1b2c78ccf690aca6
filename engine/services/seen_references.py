"""Nobody points at what they do not see: an id that is brought is as good as the picker would have offered it."""

from collections.abc import Iterable, Iterator, Mapping

from engine.definition.model import Entity, Field
from engine.definition.rows import places
from engine.definition.values.hidden import untaken
from engine.paths import join
from engine.problems import Problem
from engine.services.evaluation import asking
from engine.services.references import fields_that, ids_in, is_pointing, target
from engine.services.work import Work
from engine.storage.conditions import Leaf
from engine.storage.queries import Queries, Query


def without_unseen(
    work: Work, entity: Entity, sent: Mapping[str, object], before: Mapping[str, object]
) -> tuple[Mapping[str, object], tuple[Problem, ...]]:
    """Return what was sent without what points at records that the actor does not see, and `reference_missing` for each.

    It is left out before anything is looked up through it, so that nothing of such a record shows in what is worked out. What
    pointed there already may stay, and what is filled in is the definition's own affair.
    """
    found = [one for one in _pointing(entity, sent) if not _reads_everything(work, one[2])]
    if not found:
        return sent, ()
    kept = {(field.id, key) for _, field, _, key in _pointing(entity, before)}
    asked = [one for one in found if (one[1].id, one[3]) not in kept]
    wanted: dict[str, list[str]] = {}
    for _, _, shape, key in asked:
        wanted.setdefault(shape, []).append(key)
    closed = {(shape, key) for shape, keys in wanted.items() for key in unseen(work, shape, keys)}
    hits = [(at, field, key) for at, field, shape, key in asked if (shape, key) in closed]
    left, _ = untaken(sent, frozenset(at for at, _, _ in hits))
    return left, tuple(Problem("reference_missing", at, {"field": field.title, "key": key}) for at, field, key in hits)


def unseen(work: Work, shape: str, keys: Iterable[str]) -> frozenset[str]:
    """Return those ids of which the actor's own grants show no record; asked once for each, and not where all are shown."""
    wanted = list(dict.fromkeys(keys))
    if _reads_everything(work, shape):
        return frozenset()
    unknown = [key for key in wanted if ("seen", shape, key) not in work.memo]
    if unknown:
        scopes = work.scopes("read", work.entity(shape))
        query = Query(
            where=Leaf("id", "in", tuple(unknown)), scopes=scopes, limit=len(unknown), environment=asking(work)
        )
        found = set(Queries(work.tx, work.tables).ids(shape, query)) if scopes else set[str]()
        work.memo.update({("seen", shape, key): key in found for key in unknown})
    return frozenset(key for key in wanted if not work.memo["seen", shape, key])


def _reads_everything(work: Work, shape: str) -> bool:
    # People and departments are not records: everybody may choose them.
    return shape not in work.configuration.entities or work.rights.reads_everything(shape)


def _pointing(entity: Entity, values: Mapping[str, object]) -> Iterator[tuple[str, Field, str, str]]:
    """Yield the field's pointer, the field, the entity and the id of everything that values point at."""
    for table, field in fields_that(entity, "pointing or linking", _leads_anywhere):
        for place in places(values, table):
            value = (place.rows[-1] if place.rows else values).get(field.name)
            at = join(place.at, field.name)
            if field.targets and isinstance(value, Mapping):
                yield at, field, str(value["entity"]), str(value["id"])
            elif is_pointing(field):
                yield from ((at, field, target(entity, field), key) for key in ids_in(value))


def _leads_anywhere(field: Field) -> bool:
    return field.is_stored and (is_pointing(field) or bool(field.targets))
