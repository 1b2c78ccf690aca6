"""Modules: their roles, requirements and menu."""

from collections.abc import Container
from graphlib import CycleError, TopologicalSorter
from typing import Literal

from engine.definition.compiling.documents import Document
from engine.definition.compiling.workbench import Part, Workbench, parts, qualified_name, strings, text_of
from engine.definition.model import MenuItem, Module, Role
from engine.paths import join

_PAGES = {
    "departments": {"zh-CN": "部门", "en": "Departments"},
    "accounts": {"zh-CN": "账号", "en": "Accounts"},
    "closings": {"zh-CN": "关账", "en": "Closing"},
}


def declare_module(bench: Workbench, document: Document) -> None:
    """Make a module with its roles known; the menu comes when views and dashboards are known."""
    body = document.body
    bench.modules[document.module] = Module(
        name=document.module,
        version=text_of(body, "version"),
        title=bench.text(document, "/title", body.get("title")),
        icon=text_of(body, "icon"),
        requires=tuple(name for _, name in strings(body.get("requires"))),
        roles=_roles(bench, document, "roles"),
        project_roles=_roles(bench, document, "project_roles"),
    )


def _roles(bench: Workbench, document: Document, key: str) -> tuple[Role, ...]:
    roles: dict[str, Role] = {}
    for at, part in parts(document.body.get(key), f"/{key}"):
        name = text_of(part, "name")
        if name in roles or name == "admin":
            bench.report(document, join(at, "name"), "duplicate_name", name=name)
        roles[name] = Role(document.module, name, bench.text(document, join(at, "title"), part.get("title")))
    return tuple(roles.values())


def check_requirements(bench: Workbench, document: Document) -> None:
    """Note required modules that are not there."""
    for at, name in strings(document.body.get("requires"), "/requires"):
        if name not in bench.modules:
            bench.unknown(document, at, "unknown_module", name, set(bench.modules))


def check_circles(bench: Workbench, documents: tuple[Document, ...]) -> None:
    """Note modules that require each other."""
    graph = {name: set(module.requires) for name, module in bench.modules.items()}
    try:
        tuple(TopologicalSorter(graph).static_order())
    except CycleError as error:
        circle = [str(name) for name in reversed(error.args[1])]
        for document in (one for one in documents if one.module == circle[0]):
            bench.report(document, "/requires", "requirement_cycle", path=" -> ".join(circle))


def compile_menu(
    bench: Workbench, document: Document, views: Container[str], dashboards: Container[str], known: list[str]
) -> tuple[MenuItem, ...]:
    """Return the entries of the menu whose targets exist."""
    places: tuple[tuple[Literal["view", "dashboard"], Container[str]], ...] = (
        ("view", views),
        ("dashboard", dashboards),
    )
    items = []
    for at, part in parts(document.body.get("menu"), "/menu"):
        title = bench.text(document, join(at, "title"), part.get("title"))
        for kind, targets in places:
            name = part.get(kind)
            if not isinstance(name, str):
                continue
            key = qualified_name(name, document.module)
            if key in targets:
                bench.need(document, join(at, kind), key.partition(".")[0])
                items.append(MenuItem(title, kind, key))
            else:
                bench.unknown(document, join(at, kind), f"unknown_{kind}", name, known)
        items += _page(part, title)
    return tuple(items)


def _page(part: Part, title: object) -> list[MenuItem]:
    page = text_of(part, "page")
    return [MenuItem(title or _PAGES[page], "page", page)] if page and isinstance(title, dict) else []
