"""Check documents and compile them: one pass, so that there is no second opinion about what is valid.

Documents come by path: "stock/entities/order.json" -> parsed JSON.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from engine.definition.automations import Automation
from engine.definition.compiling.automation_cycles import note_cycles
from engine.definition.compiling.automations import compile_automation
from engine.definition.compiling.bpmn_files import check_bpmn_files
from engine.definition.compiling.dashboards import compile_dashboard
from engine.definition.compiling.decisions import check_decisions
from engine.definition.compiling.documents import Document, read
from engine.definition.compiling.entities import compile_entity, declare_entity, settle_references
from engine.definition.compiling.flows import compile_flow
from engine.definition.compiling.forms import compile_form, default_form
from engine.definition.compiling.locales import check_locale, translations
from engine.definition.compiling.measures import compile_measures
from engine.definition.compiling.modules import check_circles, check_requirements, compile_menu, declare_module
from engine.definition.compiling.options import declare_options
from engine.definition.compiling.permissions import compile_grants
from engine.definition.compiling.rollups import check_rollups
from engine.definition.compiling.scenarios import compile_scenario
from engine.definition.compiling.views import compile_view, default_view
from engine.definition.compiling.workbench import Workbench
from engine.definition.model import Entity, Flow, Form, Module, View
from engine.definition.registry import Configuration
from engine.problems import Problem, errors


class _Keyed(Protocol):
    @property
    def key(self) -> str: ...


_K = TypeVar("_K", bound=_Keyed)
_Made = TypeVar("_Made", Form, View)


@dataclass(frozen=True, slots=True)
class Compilation:
    """What documents came to: every finding, each with file and pointer, and the configuration unless one of them blocks."""

    problems: tuple[Problem, ...]
    configuration: Configuration | None


def compilation(documents: Mapping[str, object]) -> Compilation:
    """Return what a set of documents comes to, its findings in the order of the files. Raises nothing for any documents."""
    configuration, problems = _compile(documents)
    return Compilation(problems, None if errors(problems) else configuration)


def check_documents(documents: Mapping[str, object]) -> tuple[Problem, ...]:
    """Return every finding about a set of documents, each with file and pointer, in the order of the files."""
    return compilation(documents).problems


def compile_documents(documents: Mapping[str, object]) -> Configuration | tuple[Problem, ...]:
    """Return the configuration, or every finding if any of them blocks. Raises nothing for any documents."""
    found = compilation(documents)
    return found.configuration or found.problems


def _compile(documents: Mapping[str, object]) -> tuple[Configuration, tuple[Problem, ...]]:
    reading = read(documents)
    kinds = _by_kind(reading.documents)
    bench = Workbench(reading.lost, translations(kinds["locale"]), problems=list(reading.problems))
    _declare(bench, kinds, documents)
    compile_measures(bench, kinds["measure"])
    entities = _keyed(compile_entity(bench, document) for document in kinds["entity"])
    check_rollups(bench, kinds["entity"], entities)
    forms, views = _made(bench, kinds["form"], compile_form), _made(bench, kinds["view"], compile_view)
    forms = _completed(entities, forms, default_form)
    views = _completed(entities, views, default_view)
    dashboards = _keyed(compile_dashboard(bench, document) for document in kinds["dashboard"])
    configuration = Configuration(
        modules=_menus(bench, kinds["module"], views, dashboards),
        option_sets=bench.option_sets,
        entities=entities,
        forms=forms,
        views=views,
        flows=_flows(bench, kinds["flow"]),
        automations=_automations(bench, kinds["automation"], entities),
        grants=tuple(grant for document in kinds["permissions"] for grant in compile_grants(bench, document)),
        measures=bench.measures,
        dashboards=dashboards,
        scenarios=_keyed(compile_scenario(bench, document) for document in kinds["scenario"]),
        documents=documents,
    )
    check_decisions(bench, kinds["decision"])
    check_bpmn_files(bench, kinds["bpmn"], frozenset(configuration.flows))
    for document in kinds["locale"]:
        check_locale(bench, document, documents)
    return configuration, tuple(sorted(bench.problems, key=lambda problem: (problem.file, problem.pointer)))


def _declare(bench: Workbench, kinds: Mapping[str, tuple[Document, ...]], documents: Mapping[str, object]) -> None:
    """Make everything known that others may name."""
    for document in kinds["module"]:
        declare_module(bench, document)
    for document in kinds["module"]:
        check_requirements(bench, document)
    check_circles(bench, kinds["module"])
    for module in sorted({path.partition("/")[0] for path in documents} - set(bench.modules) - bench.lost):
        bench.note(Problem("module_without_cover", params={"name": module}, file=f"{module}/module.json"))
    for document in kinds["options"]:
        declare_options(bench, document)
    for document in kinds["entity"]:
        declare_entity(bench, document)
    settle_references(bench)


def _by_kind(documents: Iterable[Document]) -> dict[str, tuple[Document, ...]]:
    kinds: dict[str, tuple[Document, ...]] = dict.fromkeys(("module", "options", "entity", "form", "view", "flow", "bpmn", "decision", "automation", "permissions", "measure", "dashboard", "scenario", "locale"), ())  # fmt: skip
    for document in documents:
        kinds[document.kind] = (*kinds[document.kind], document)
    return kinds


def _keyed(values: Iterable[_K]) -> dict[str, _K]:
    return {value.key: value for value in values}


def _made(
    bench: Workbench, documents: Iterable[Document], make: Callable[[Workbench, Document], _Made | None]
) -> dict[str, _Made]:
    found = [make(bench, document) for document in documents]
    return {one.key: one for one in found if one is not None}


def _completed(
    entities: Mapping[str, Entity], given: dict[str, _Made], make: Callable[[Entity, str], _Made]
) -> dict[str, _Made]:
    """Return the given forms or views and a generated one for every entity that has none."""
    shown = {one.entity for one in given.values()}
    for entity in entities.values():
        if entity.key not in shown:
            made = make(entity, entity.name if entity.key not in given else f"{entity.name}_default")
            given[made.key] = made
    return given


def _flows(bench: Workbench, documents: Iterable[Document]) -> dict[str, Flow]:
    flows: dict[str, Flow] = {}
    for document in documents:
        flow = compile_flow(bench, document)
        if flow is None:
            continue
        if any(flow.entity == other.entity for other in flows.values()):
            bench.report(document, "/entity", "second_flow", entity=flow.entity)
        flows[flow.key] = flow
    return flows


def _automations(
    bench: Workbench, documents: Iterable[Document], entities: Mapping[str, Entity]
) -> dict[str, Automation]:
    found = (compile_automation(bench, document) for document in documents)
    automations = {one.key: one for one in found if one is not None}
    note_cycles(bench, automations, entities)
    return automations


def _menus(
    bench: Workbench, documents: Iterable[Document], views: Mapping[str, View], dashboards: Mapping[str, _Keyed]
) -> dict[str, Module]:
    modules = dict(bench.modules)
    for document in documents:
        known = [key.removeprefix(f"{document.module}.") for key in (*views, *dashboards)]
        menu = compile_menu(bench, document, views, dashboards, known)
        modules[document.module] = replace(modules[document.module], menu=menu)
    return modules
