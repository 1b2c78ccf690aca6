"""What differs between two configurations, element by element, by their stable ids.

A change of the name of something that keeps its id is a renaming, never a removal and an addition.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Literal

from engine.definition.automations import Automation
from engine.definition.model import Entity, Field, Option, Text
from engine.definition.registry import Configuration
from engine.expressions import Compiled

Kind = Literal["added", "removed", "renamed", "changed"]

_WORDS: Mapping[str, Text] = {
    "module": {"zh-CN": "模块", "en": "module"},
    "entity": {"zh-CN": "实体", "en": "entity"},
    "field": {"zh-CN": "字段", "en": "field"},
    "option_set": {"zh-CN": "选项集", "en": "option set"},
    "option": {"zh-CN": "选项", "en": "choice"},
    "rule": {"zh-CN": "规则", "en": "rule"},
    "unique": {"zh-CN": "不得重复", "en": "uniqueness"},
    "no_overlap": {"zh-CN": "不得重叠", "en": "no overlap"},
    "acyclic": {"zh-CN": "不得成环", "en": "no circles"},
    "posting": {"zh-CN": "过账", "en": "posting"},
    "form": {"zh-CN": "表单", "en": "form"},
    "view": {"zh-CN": "视图", "en": "view"},
    "flow": {"zh-CN": "审批流", "en": "flow"},
    "automation": {"zh-CN": "自动化", "en": "automation"},
    "step": {"zh-CN": "审批步骤", "en": "step"},
    "grant": {"zh-CN": "授权", "en": "grant"},
    "measure": {"zh-CN": "指标", "en": "measure"},
    "dashboard": {"zh-CN": "看板", "en": "dashboard"},
    "widget": {"zh-CN": "部件", "en": "widget"},
    "role": {"zh-CN": "角色", "en": "role"},
    "scenario": {"zh-CN": "场景", "en": "scenario"},
}


@dataclass(frozen=True, slots=True)
class Change:
    """One difference.

    `subject` is what kind of element it is about (entity, field, option, step ...), `path` leads to it by names
    ("stock.order", "lines", "amount"), `aspect` is what changed of it; `before` and `after` are shown values.
    """

    kind: Kind
    subject: str
    path: tuple[str, ...]
    title: Text
    aspect: str = ""
    before: str | None = None
    after: str | None = None

    @property
    def code(self) -> str:
        """Return the code of the sentence in `texts/problems`."""
        return f"change_{self.kind}"

    @property
    def pointer(self) -> str:
        """Return the path as one text."""
        return "/".join(self.path)

    @property
    def params(self) -> Mapping[str, object]:
        """Return what fills the sentence."""
        named = {language: f"{words} ({self.path[-1]})" for language, words in self.title.items()}
        return {
            "kind": _WORDS[self.subject],
            "title": named or self.path[-1],
            "property": self.aspect,
            "before": self.before or "-",
            "after": self.after or "-",
        }


@dataclass(frozen=True, slots=True)
class _Element:
    """One thing with an identity: what it is called, what it says, and what it is made of."""

    subject: str
    id: str
    name: str
    title: Text
    says: Mapping[str, object]
    parts: tuple["_Element", ...] = ()


def changes(old: Configuration, new: Configuration) -> tuple[Change, ...]:
    """Return every difference, in the order of modules, entities and what is built on them."""
    return tuple(_compare((), _whole(old), _whole(new)))


def _compare(path: tuple[str, ...], old: Sequence[_Element], new: Sequence[_Element]) -> Iterator[Change]:
    before = {(one.subject, one.id): one for one in old}
    after = {(one.subject, one.id): one for one in new}
    for key, element in before.items():
        if key not in after:
            yield Change("removed", element.subject, (*path, element.name), element.title)
    for key, element in after.items():
        place = (*path, element.name)
        former = before.get(key)
        if former is None:
            yield Change("added", element.subject, place, element.title)
            continue
        if former.name != element.name:
            yield Change("renamed", element.subject, place, element.title, "name", former.name, element.name)
        yield from _properties(place, former, element)
        yield from _compare(place, former.parts, element.parts)


def _properties(path: tuple[str, ...], old: _Element, new: _Element) -> Iterator[Change]:
    for name in (*old.says, *(name for name in new.says if name not in old.says)):
        before, after = old.says.get(name), new.says.get(name)
        if before != after:
            yield Change("changed", new.subject, path, new.title, name, _shown(before), _shown(after))


def _shown(value: object) -> str | None:
    if value is None or value in ((), ""):
        return None
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {_shown(part) or ''}" for key, part in value.items())
    return ", ".join(_shown(part) or "" for part in value) if isinstance(value, (tuple, list)) else str(value)


def _whole(configuration: Configuration) -> list[_Element]:
    found = [_plain("module", one.name, one, parts=_roles(one)) for one in configuration.modules.values()]
    sets = configuration.option_sets.values()
    found += [_plain("option_set", one.module, one, parts=_options(one.options)) for one in sets]
    found += [_entity(one) for one in configuration.entities.values()]
    found += [_plain("form", one.module, one) for one in configuration.forms.values()]
    found += [_plain("view", one.module, one) for one in configuration.views.values()]
    for flow in configuration.flows.values():
        found.append(_plain("flow", flow.module, flow, parts=tuple(_steps(flow.document.get("steps")))))
    found += [_automation(one) for one in configuration.automations.values()]
    for grant in configuration.grants:
        name = f"{grant.role} {grant.entity} {'+'.join(sorted(grant.actions))} {grant.scope}"
        found.append(_Element("grant", name, name, {}, _says(grant, skip=("role", "entity", "actions", "scope"))))
    found += [_plain("measure", one.module, one) for one in configuration.measures.values()]
    for dashboard in configuration.dashboards.values():
        widgets = tuple(_plain("widget", "", one) for one in dashboard.widgets)
        found.append(_plain("dashboard", dashboard.module, dashboard, parts=widgets))
    for scenario in configuration.scenarios.values():
        says = {"document": repr(scenario.document)}
        found.append(_Element("scenario", scenario.key, scenario.key, scenario.title, says))
    return found


_PARTS = (
    "documents",
    "document",
    "widgets",
    "fields",
    "rules",
    "unique",
    "no_overlap",
    "acyclic",
    "postings",
    "roles",
    "project_roles",
    "options",
)


def _plain(subject: str, module: str, value: object, parts: tuple[_Element, ...] = ()) -> _Element:
    """Return an element for a value that has a name, maybe an id and a title, and properties that are its own."""
    name = str(getattr(value, "name"))  # noqa: B009  # the type is any of the model's
    key = str(getattr(value, "id", "") or name)
    title: Text = getattr(value, "title", {})
    prefix = f"{module}." if module and subject != "module" else ""
    return _Element(subject, prefix + key, prefix + name, title, _says(value), parts)


def _says(value: object, skip: Sequence[str] = ()) -> dict[str, object]:
    """Return the properties of a dataclass as plain values; formulas are their text."""
    if not is_dataclass(value):
        return {}
    left_out = {"id", "name", "module", "order", "expression_type", "conditions", "follow", "holes", *_PARTS, *skip}
    return {
        field.name: _said(getattr(value, field.name))
        for field in fields(value)
        if field.compare and field.name not in left_out
    }


def _said(value: object) -> object:
    if isinstance(value, Compiled):
        return value.text
    if isinstance(value, Mapping):
        return {str(key): _said(part) for key, part in value.items()}
    if isinstance(value, frozenset):
        return tuple(sorted(str(part) for part in value))
    if isinstance(value, (tuple, list)):
        return tuple(_said(part) for part in value)
    return {key: part for key, part in _says(value).items() if part} | _named(value) if is_dataclass(value) else value


def _named(value: object) -> dict[str, object]:
    name = getattr(value, "name", "")
    return {"name": name} if name else {}


def _automation(one: Automation) -> _Element:
    told = _plain("automation", one.module, one)
    return replace(told, says={**told.says, "order": one.order})


def _roles(module: object) -> tuple[_Element, ...]:
    roles = (*getattr(module, "roles", ()), *getattr(module, "project_roles", ()))
    return tuple(_plain("role", "", role) for role in roles)


def _entity(entity: Entity) -> _Element:
    told: tuple[tuple[str, Sequence[object]], ...] = (
        ("rule", entity.rules),
        ("unique", entity.unique),
        ("no_overlap", entity.no_overlap),
        ("acyclic", entity.acyclic),
        ("posting", entity.postings),
    )
    parts = [_field(field) for field in entity.fields]
    parts += [_plain(subject, "", one) for subject, values in told for one in values]
    return _plain("entity", entity.module, entity, parts=tuple(parts))


def _field(field: Field) -> _Element:
    says = {
        key: value for key, value in _says(field, skip=("schema", "settings")).items() if value not in ((), "", None)
    }
    limits = {
        key: value for key, value in field.schema.items() if key not in ("title", "items", "oneOf", "enum", "type")
    }
    settings = {key: value for key, value in field.settings.items() if key not in ("id", "type", "to", "help", "scale")}
    for name in ("default", "formula", "filter", "visible", "copy", "lookup", "index", "on_delete", "when_hidden"):
        settings.pop(name, None)
    says |= {f"schema.{key}": value for key, value in limits.items() if key != "description"}
    says |= {key: value for key, value in settings.items() if key not in ("required", "read_only", "colors", "retired")}
    # What a shared set says is told once, where it stands.
    options = () if "options" in field.settings else _options(field.options)
    return _Element(
        "field", field.id, field.name, field.title, says, (*options, *(_field(child) for child in field.fields))
    )


def _options(options: tuple[Option, ...]) -> tuple[_Element, ...]:
    return tuple(
        _Element(
            "option",
            one.id or one.value,
            one.value,
            one.title,
            {"title": one.title, "color": one.color, "retired": one.retired},
            _options(one.options),
        )
        for one in options
    )


def _steps(value: object) -> Iterator[_Element]:
    for step in value if isinstance(value, (list, tuple)) else ():
        if not isinstance(step, dict):
            continue
        name = str(step.get("name", ""))
        says = {
            key: repr(part) for key, part in step.items() if key not in ("name", "id", "title", "steps", "branches")
        }
        inner = [*_steps(step.get("steps")), *_steps(step.get("branches"))]
        title = {"zh-CN": str(step["title"])} if "title" in step else {}
        yield _Element("step", str(step.get("id") or name), name, title, says, tuple(inner))
