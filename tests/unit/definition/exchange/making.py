"""An entity made from a schema, and the verdict of its record path."""

from engine.definition import compile_documents
from engine.definition.exchange import import_schema, to_instance, to_record
from engine.definition.model import Entity
from engine.definition.values import accept, charter_problems, completeness
from engine.definition.values.accept import dump
from engine.expressions import Environment
from engine.services.imports.guessing import free_name

MODULE = {
    "$schema": "https://formwork.dev/schemas/v1/module.schema.json",
    "name": "shop",
    "version": "1.0.0",
    "title": "小店",
}


def entity_of(schema: object, *, formats: bool = False) -> Entity:
    made = import_schema(schema, "shop", "thing", free_name, formats=formats)
    assert not made.problems, made.problems
    configuration = compile_documents({"shop/module.json": MODULE, **made.documents})
    return configuration.entities["shop.thing"]


def verdict(entity: Entity, instance: dict[str, object]) -> bool:
    assert entity.charter is not None
    values, problems = accept(entity, to_record(entity.charter, entity.fields, instance))
    return (
        not problems
        and not completeness(entity, values, Environment(values=values))
        and not charter_problems(entity, values)
    )


def there_and_back(entity: Entity, instance: dict[str, object]) -> object:
    assert entity.charter is not None
    values, _ = accept(entity, to_record(entity.charter, entity.fields, instance))
    return to_instance(entity.charter, entity.fields, dump(entity, values))
