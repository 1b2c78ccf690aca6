"""The documents of a set of modules, sorted by what they are."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.definition.near import meant
from engine.definition.pruning import prune
from engine.definition.schemas import KINDS, address
from engine.problems import Problem

FOLDERS = {
    "options": "options",
    "entities": "entity",
    "forms": "form",
    "views": "view",
    "flows": "flow",
    "bpmn": "bpmn",
    "decisions": "decision",
    "automations": "automation",
    "measures": "measure",
    "dashboards": "dashboard",
    "scenarios": "scenario",
    "locales": "locale",
}
_SINGLE = {"module.json": "module", "permissions.json": "permissions"}


@dataclass(frozen=True, slots=True)
class Document:
    """A sound document: `path` is `module/folder/name.json`, `rest` the part of it inside the module."""

    path: str
    module: str
    kind: str
    name: str
    body: Mapping[str, object]

    @property
    def rest(self) -> str:
        """Return the path inside the module."""
        return self.path.partition("/")[2]

    @property
    def key(self) -> str:
        """Return the qualified name."""
        return f"{self.module}.{self.name}"

    @property
    def id(self) -> str:
        """Return the stable id."""
        return str(self.body.get("id") or self.name)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read: sound documents, every finding of their structure, and the names that were lost with it."""

    documents: tuple[Document, ...]
    problems: tuple[Problem, ...]
    lost: frozenset[str]


def read(documents: Mapping[str, object]) -> Reading:
    """Sort documents by kind and check the structure of each."""
    sound: list[Document] = []
    problems: list[Problem] = []
    lost: set[str] = set()
    for path, body in sorted(documents.items()):
        place = _place(path)
        if place is None:
            problems.append(Problem("document_misplaced", params={"path": path}, file=path))
            continue
        document, found, names = _read_one(path, *place, body)
        lost |= names
        sound += [document] if document else []
        problems += [problem.within(path) for problem in found]
    return Reading(tuple(sound), tuple(problems), frozenset(lost))


def _place(path: str) -> tuple[str, str, str] | None:
    """Return module, kind and name by the path, None for a file that belongs nowhere."""
    parts = path.split("/")
    if len(parts) == 2 and parts[1] in _SINGLE:
        return parts[0], _SINGLE[parts[1]], parts[0]
    if len(parts) == 3 and parts[1] in FOLDERS and parts[2].endswith(".json"):
        return parts[0], FOLDERS[parts[1]], parts[2].removesuffix(".json")
    return None


def _read_one(
    path: str, module: str, kind: str, name: str, body: object
) -> tuple[Document | None, tuple[Problem, ...], frozenset[str]]:
    if not isinstance(body, dict):
        return None, (Problem("document_not_an_object"),), frozenset({name})
    if body.get("$schema", address(kind)) != address(kind):
        given = str(body["$schema"])
        hint = meant(given, [address(one) for one in KINDS])
        return (
            None,
            (Problem("document_kind", "/$schema", {"given": given, "expected": address(kind), "hint": hint}),),
            (frozenset({name})),
        )
    pruned = prune(kind, body)
    lost = pruned.names | (frozenset({name}) if pruned.body is None else frozenset())
    problems = pruned.problems
    named = body.get("name")
    if kind not in ("permissions", "locale") and isinstance(named, str) and named != name:
        problems = (*problems, Problem("document_name", "/name", {"name": named, "expected": name}))
    return None if pruned.body is None else Document(path, module, kind, name, pruned.body), problems, lost
