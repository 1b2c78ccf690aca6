"""How far a person's search reaches: which entities, which of their records, and which of their fields."""

from collections.abc import Iterable

from engine.definition.model import Entity
from engine.projection.hidden import beginnings
from engine.services.reach import closed_paths
from engine.services.work import Work
from engine.storage.search_layout import Looked
from engine.storage.search_queries import Reach, Terms, terms_of
from engine.storage.search_words import asked


def reach_of(work: Work, entity: Entity) -> Reach | None:
    """Return how far a search reaches in an entity, None where the actor lists none of it or nothing of it is looked into."""
    layout = work.tables.layouts[entity.key]
    if not layout.looked or not work.rights.may("read", entity.key):
        return None
    signs = tuple(one.sign for one in layout.looked.values() if one.sign and is_open(work, entity, one))
    # A record that was shared is found where its share opens all that is asked.
    return Reach(layout, work.scopes("read", entity, open_paths(work, entity)), signs)


def searches(work: Work, entity: Entity) -> bool:
    """Say whether the index has anything of an entity."""
    return bool(work.tables.layouts[entity.key].looked)


def open_paths(work: Work, entity: Entity) -> tuple[str, ...]:
    """Return the paths of an entity's fields that the actor's search looks into."""
    return tuple(one.path for one in work.tables.layouts[entity.key].looked.values() if is_open(work, entity, one))


def is_open(work: Work, entity: Entity, looked: Looked) -> bool:
    """Say whether the actor reads a field on every record that the actor may list: nobody finds by another."""
    return closed_paths(work, entity).isdisjoint(beginnings(looked.path))


def reaches(work: Work, keys: Iterable[str]) -> tuple[Reach, ...]:
    """Return how far a search reaches in some entities."""
    found = (reach_of(work, work.configuration.entities[key]) for key in keys)
    return tuple(one for one in found if one)


def terms_in(work: Work, entity: Entity, text: str) -> Terms:
    """Return what a text asks for in one entity that the actor may list."""
    return terms_of(asked(text), reaches(work, [entity.key]), marked=True)
