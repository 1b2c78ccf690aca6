"""The search over all records: what a person may list, found by any words that the person may read."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from engine.definition.model import Entity
from engine.errors import Forbidden
from engine.projection.texts import in_language
from engine.services.context import Context
from engine.services.evaluation import asking
from engine.services.installation import Installation
from engine.services.references import References
from engine.services.search_reach import is_open, reaches
from engine.services.work import Work, reading
from engine.storage.search_passages import passage
from engine.storage.search_queries import Hit, search_page, terms_of
from engine.storage.search_words import Asked, asked

MOST_PASSAGES = 3
"""Places that are shown of one record."""

Shown = dict[str, Any]


def search(installation: Installation, ctx: Context, given: Mapping[str, Any]) -> Shown:
    """Return a page of the records that have every word of `q`, of the entities and modules named, or of all.

    Entities that the actor may not list are as if they were not there. Raises Invalid `cursor_malformed`, Forbidden, NotFound.
    """
    with reading(installation, ctx) as work:
        words = asked(given["q"])
        reached = reaches(work, _entities(work, given["entity"], given["module"]))
        if not words or not reached:
            return {"items": [], "next_cursor": None, "has_more": False}
        found, cursor = search_page(
            work.tx,
            work.tables,
            terms_of(words, reached),
            reached,
            asking(work),
            limit=given["limit"],
            after=given["cursor"] or None,
        )
        items = _items(work, found, words)
        return {"items": items, "next_cursor": cursor, "has_more": cursor is not None}


def _entities(work: Work, entities: str, modules: str) -> list[str]:
    """Return the keys of the entities asked for; one that is named must be one that the actor may list."""
    named = [part for part in entities.split(",") if part]
    for key in named:
        if not work.rights.may("read", work.entity(key).key):
            raise Forbidden("read", key, "no_grant", work.entity(key).title)
    wanted = {part for part in modules.split(",") if part}
    keys = named or list(work.configuration.entities)
    return [key for key in dict.fromkeys(keys) if not wanted or key.partition(".")[0] in wanted]


def _items(work: Work, found: Iterable[Hit], words: tuple[Asked, ...]) -> list[Shown]:
    by_name = {layout.name: layout for layout in work.tables.layouts.values()}
    hits = [(by_name[hit.entity].entity, hit) for hit in found]
    references, wanted = References(work), dict[str, list[str]]()
    for entity, hit in hits:
        wanted.setdefault(entity.key, []).append(hit.record_id)
    references.learn_names(wanted)
    return [
        {
            "entity": entity.key,
            "entity_title": in_language(entity.title, work.ctx.language),
            "module": entity.module,
            "id": hit.record_id,
            "title": references.label(entity.key, hit.record_id),
            "passages": [
                one for one, _ in zip(_passages(work, entity, hit, words), range(MOST_PASSAGES), strict=False)
            ],
        }
        for entity, hit in hits
    ]


def _passages(work: Work, entity: Entity, hit: Hit, words: tuple[Asked, ...]) -> Iterator[Shown]:
    """Yield where the words stand, in fields that the actor reads: a place for each field, its parts marked as found or not."""
    looked, seen = work.tables.layouts[entity.key].looked, set[str]()
    for ids, text in hit.texts:
        one = looked.get(ids)
        if one is None or ids in seen or not is_open(work, entity, one):
            continue
        parts = passage(text, words, by_initials="." not in one.path)
        if parts:
            seen.add(ids)
            title = in_language(one.field.title, work.ctx.language)
            yield {
                "field": one.path,
                "title": title,
                "parts": [{"text": part, "hit": is_hit} for part, is_hit in parts],
            }
