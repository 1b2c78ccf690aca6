"""The bench on which documents become values: what is known so far, and every finding."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TypeVar

from engine.definition.compiling.documents import Document
from engine.definition.compiling.qualify import qualified
from engine.definition.model import Entity, Measure, Module, OptionSet, Text
from engine.definition.near import meant
from engine.definition.scope import Scopes, measure_type
from engine.expressions import Compiled, Scope, Type, compile_expression
from engine.expressions.sql_rewrites import is_sqlable
from engine.paths import join
from engine.problems import Problem

Part = Mapping[str, object]
_Word = TypeVar("_Word", bound=str)


@dataclass
class Workbench:
    """Collects while compiling. `lost` are names that went with a broken part; what refers to them is no mistake."""

    lost: frozenset[str]
    translations: Mapping[str, Mapping[str, Mapping[str, str]]]
    modules: dict[str, Module] = field(default_factory=dict)
    option_sets: dict[str, OptionSet] = field(default_factory=dict)
    entities: dict[str, Entity] = field(default_factory=dict)
    measures: dict[str, Measure] = field(default_factory=dict)
    teams: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def report(self, document: Document, at: str, code: str, **params: object) -> None:
        """Note a finding, unless it only follows from another."""
        self.note(Problem(code, at, params, file=document.path))

    def note(self, problem: Problem) -> None:
        """Note a finding that is already placed, unless it only follows from another."""
        names = str(problem.params.get("name", "")).split(".")
        if not self.lost.intersection(names):
            self.problems.append(problem)

    def unknown(self, document: Document, at: str, code: str, name: str, known: object) -> None:
        """Note a name that leads nowhere, with what may have been meant."""
        words = [str(word) for word in known] if isinstance(known, (list, tuple, set, frozenset, Mapping)) else []
        self.report(document, at, code, name=name, hint=meant(name, words))

    def text(self, document: Document, at: str, value: object) -> Text:
        """Return a text in every language: `value` is the Chinese one, the others come from the module's locales."""
        others = self.translations.get(document.module, {}).get(f"{document.rest}#{at}", {})
        return {"zh-CN": str(value), **others} if value is not None else {}

    def formula(
        self, document: Document, at: str, part: Part, key: str, scope: Scope, expect: Type | None = None
    ) -> Compiled | None:
        """Return the compiled expression that stands under `key` of a part at `at`, None if there is none or a bad one."""
        text = part.get(key)
        return self.expression(document, join(at, key), text, scope, expect) if isinstance(text, str) else None

    def expression(
        self, document: Document, at: str, text: str, scope: Scope, expect: Type | None = None
    ) -> Compiled | None:
        """Return the compiled expression, None if it has problems, which are noted with their place."""
        result = compile_expression(text, scope, expect)
        if isinstance(result, Compiled):
            return qualified(result, document.module, self.measures)
        for problem in result:
            self.note(replace(problem, file=document.path, pointer=at))
        return None

    def asked(
        self, document: Document, at: str, part: Part, key: str, scope: Scope, expect: Type | None = None
    ) -> Compiled | None:
        """Return as `formula` does what a database must answer: a filter, a scope, the parts of a measure."""
        made = self.formula(document, at, part, key, scope, expect)
        problem = is_sqlable(made.tree) if made else None
        if problem is not None:
            self.note(replace(problem, file=document.path, pointer=join(at, key)))
        return made if problem is None else None

    def entity(self, document: Document, at: str, name: object) -> Entity | None:
        """Return the entity of that name seen from the document's module; notes what is unknown or not required."""
        if not isinstance(name, str):
            return None
        key = qualified_name(name, document.module)
        found = self.entities.get(key)
        if found is None:
            self.unknown(document, at, "unknown_entity", name, self._near_names(self.entities, document.module))
        else:
            self.need(document, at, found.module)
        return found

    def measure(self, document: Document, at: str, name: str) -> Measure | None:
        """Return the measure of that name seen from the document's module; notes an unknown one."""
        found = self.measures.get(qualified_name(name, document.module))
        if found is None:
            self.unknown(document, at, "unknown_measure", name, self._near_names(self.measures, document.module))
        else:
            self.need(document, at, found.module)
        return found

    def role(self, document: Document, at: str, name: str, *, project: bool = False) -> str | None:
        """Return the qualified role (of a project if asked), None and a note if there is none."""
        known = self._roles(project=project)
        key = qualified_name(name, document.module)
        if name == "admin" and not project:
            return "admin"
        if key not in known and project and "." not in name:
            key = next((one for one in sorted(known) if one.endswith(f".{name}")), key)
        if key in known:
            return key
        code = "project_role_not_declared" if project else "role_not_declared"
        self.unknown(document, at, code, name, self._near_names(known, document.module))
        return None

    def grantee(self, document: Document, at: str, name: str) -> str | None:
        """Return the qualified role of a grant: one that is held everywhere or, failing that, one in a team."""
        key = qualified_name(name, document.module)
        if key in self._roles(project=True) - self._roles(project=False):
            return key
        return self.role(document, at, name)

    def need(self, document: Document, at: str, module: str) -> None:
        """Note a use of a module that the document's own module does not require."""
        own = self.modules.get(document.module)
        if own and module not in (document.module, "system") and module not in own.requires:
            self.report(document, at, "module_not_required", name=module, module=document.module)

    @cached_property
    def scopes(self) -> Scopes:
        """Return the scopes without measures: read only after all entities are known."""
        return Scopes(self.entities)

    @cached_property
    def full_scopes(self) -> Scopes:
        """Return the scopes with measures: read only after all measures are known."""
        return Scopes(
            self.entities, {key: measure_type(one) for key, one in self.measures.items() if not one.figures_only}
        )

    def _roles(self, *, project: bool) -> set[str]:
        modules = self.modules.values()
        return {role.key for module in modules for role in (module.project_roles if project else module.roles)}

    def _near_names(self, keys: object, module: str) -> list[str]:
        names = [str(key) for key in keys] if isinstance(keys, (set, Mapping)) else []
        return [name.removeprefix(f"{module}.") for name in names]


def qualified_name(name: str, module: str) -> str:
    """Return `module.name` for a name as it is written in a document of `module`."""
    return name if "." in name else f"{module}.{name}"


def parts(value: object, at: str) -> Iterator[tuple[str, Part]]:
    """Yield pointer and object for every object in a list; what was taken out as broken is passed over."""
    if isinstance(value, list):
        for index, part in enumerate(value):
            if isinstance(part, dict):
                yield join(at, index), part


def strings(value: object, at: str = "") -> Iterator[tuple[str, str]]:
    """Yield pointer and text for every text in a list."""
    if isinstance(value, list):
        for index, part in enumerate(value):
            if isinstance(part, str):
                yield join(at, index), part


def entries(value: object, at: str) -> Iterator[tuple[str, str, object]]:
    """Yield pointer, key and value of an object's members."""
    if isinstance(value, dict):
        for key, member in value.items():
            yield join(at, key), key, member


def text_of(part: Part, key: str, default: str = "") -> str:
    """Return a member that is text, or the default."""
    value = part.get(key)
    return value if isinstance(value, str) else default


def choice(value: object, allowed: Sequence[_Word], default: _Word) -> _Word:
    """Return a word that the schema lets be one of a few: the one given, or the default."""
    return next((word for word in allowed if word == value), default)


def object_of(part: Part, key: str) -> Part:
    """Return a member that is an object, or an empty one."""
    value = part.get(key)
    return value if isinstance(value, dict) else {}
