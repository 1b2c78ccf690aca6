"""What an entity keeps of what was worked out from it."""

from dataclasses import replace

from engine.definition.model import Entity, Field


def _entity() -> Entity:
    fields = tuple(Field(id=name, name=name, title={}, type="text") for name in ("code", "name"))
    return Entity(module="shop", id="item", name="item", title={}, kind="master", display="name", fields=fields)


def test_an_entity_with_other_fields_knows_nothing_of_those_before() -> None:
    before = _entity()
    before.once("names", lambda one: [child.name for child in one.fields])

    after = replace(before, name="thing", fields=before.fields[1:])

    assert (after.key, after.field("code"), after.field("name")) == ("shop.thing", None, before.fields[1])
    assert after.once("names", lambda one: [child.name for child in one.fields]) == ["name"]


def test_what_follows_from_an_entity_is_made_once_and_makes_no_other_of_it() -> None:
    one, other, made = _entity(), _entity(), []

    for _ in range(3):
        one.once("asked", lambda entity: made.append(entity.key))

    assert made == ["shop.item"]
    assert one == other
    assert "asked" not in repr(one)
