"""What the product is made of, as the actor sees it."""

from typing import Any

from engine.definition import Configuration
from engine.definition.model import Module
from engine.definition.record_schema import record_schema
from engine.projection.entity_view import Viewer, entity_view
from engine.projection.flow_cards import flow_cards
from engine.projection.hidden import without_hidden
from engine.projection.menu import menu as menu_view
from engine.projection.texts import in_language
from engine.services.accounts import require_admin
from engine.services.context import Context
from engine.services.installation import Installation
from engine.services.work import Work, reading


def viewer(work: Work) -> Viewer:
    """Return who looks."""
    return Viewer(work.configuration, work.rights, work.ctx.language)


def menu(installation: Installation, ctx: Context) -> dict[str, Any]:
    """Return what the actor may open."""
    with reading(installation, ctx) as work:
        return {"modules": menu_view(viewer(work))}


def entity(installation: Installation, ctx: Context, key: str) -> dict[str, Any]:
    """Return an entity as the actor sees it. Raises NotFound, Forbidden."""
    with reading(installation, ctx) as work:
        found = work.entity(key)
        if not any(work.rights.may(action, key) for action in ("read", "create")):
            work.require("read", found)
        return entity_view(viewer(work), found, work.published.number)


def record_schemas(installation: Installation, ctx: Context) -> list[dict[str, Any]]:
    """Return the JSON Schema of every entity that the actor may read, for the API's description."""
    with reading(installation, ctx) as work:
        return [
            {
                "key": one.key,
                "title": in_language(one.title, ctx.language),
                "schema": record_schema(without_hidden(one, work.rights.field_access(one)), ctx.language),
            }
            for one in work.configuration.entities.values()
            if work.rights.may("read", one.key)
        ]


def modules(installation: Installation, ctx: Context) -> dict[str, Any]:
    """Return the published modules with their entities and flows. For administrators."""
    require_admin(ctx, "read", "module")
    with reading(installation, ctx) as work:
        shown = [_module(work, one) for one in work.configuration.modules.values()]
    return {"items": shown, "publication": work.published.number}


def _module(work: Work, module: Module) -> dict[str, Any]:
    configuration, language = work.configuration, work.ctx.language
    return {
        "name": module.name,
        "title": in_language(module.title, language),
        "version": module.version,
        "requires": list(module.requires),
        "roles": [{"key": role.key, "title": in_language(role.title, language)} for role in module.roles],
        "entities": [
            {
                "key": one.key,
                "title": in_language(one.title, language),
                "kind": one.kind,
                "fields": len(one.fields),
                "path": f"{module.name}/entities/{one.name}.json",
            }
            for one in configuration.entities.values()
            if one.module == module.name
        ],
        "flows": [
            _flow(configuration, key, language) for key, one in configuration.flows.items() if one.module == module.name
        ],
    }


def _flow(configuration: Configuration, key: str, language: str) -> dict[str, Any]:
    flow = configuration.flows[key]
    shown = {
        "key": key,
        "title": in_language(flow.title, language),
        "entity": flow.entity,
        "path": f"{flow.module}/flows/{flow.name}.json",
    }
    return shown | {"tree": flow_cards(configuration, flow, language)}
