"""A JSON Schema becomes an entity with a form and a table, and a report that says what became of each part."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from engine.definition.exchange.dialects import draft_of, why_unusable
from engine.definition.exchange.exporting import inlined
from engine.definition.exchange.kinds import kind_of, typed
from engine.definition.exchange.reading import Node, Property, Reader
from engine.definition.exchange.variants import variants
from engine.definition.rows import MOST_LEVELS
from engine.definition.schemas import address
from engine.problems import Problem

Fate = Literal["field", "json", "whole", "annotation"]
NameOf = Callable[[str, Iterable[str]], str]
Part = dict[str, object]
_NESTED, _MOST_FIELDS = 4, 200
_BOUNDS = frozenset(
    {"type", "properties", "items", "enum", "const", "$ref", "title", "description", "$schema", "$defs", "definitions"}
)
_SAID_BY_FIELDS = frozenset({"minimum", "maximum", "minLength", "maxLength", "pattern", "minItems", "maxItems"})
_NOTES = frozenset(
    {
        "$comment",
        "examples",
        "default",
        "deprecated",
        "readOnly",
        "writeOnly",
        "format",
        "contentEncoding",
        "contentMediaType",
    }
)
_NAMED = frozenset({"$id", "id", "$anchor", "$dynamicAnchor", "$recursiveAnchor", "$vocabulary"})


@dataclass(frozen=True, slots=True)
class Line:
    """What became of one part of a schema: a field of a `type`, JSON, a demand on the whole record, or a note kept."""

    pointer: str
    fate: Fate
    field: str = ""
    type: str = ""


@dataclass(frozen=True, slots=True)
class Imported:
    """The documents by path, the report, and why nothing came of it."""

    documents: Mapping[str, Part] = field(default_factory=dict)
    lines: tuple[Line, ...] = ()
    problems: tuple[Problem, ...] = ()


def import_schema(
    schema: object, module: str, name: str, name_of: NameOf, *, title: str = "", formats: bool = False
) -> Imported:
    """Return what a schema becomes. `name_of` gives a free name for words; with `formats`, `format` is a demand too.

    Whatever the schema is, nothing is raised: what cannot be judged by is a problem.
    """
    own = schema.get("x-entity") if isinstance(schema, dict) else None
    if isinstance(schema, dict) and isinstance(own, dict):
        entity = {**own, "schema": inlined(schema)}
        return Imported({f"{module}/entities/{entity.get('name', name)}.json": entity})
    draft = draft_of(schema)
    if not draft:
        said = schema.get("$schema") if isinstance(schema, dict) else ""
        return Imported(problems=(Problem("charter_dialect", "/$schema", {"dialect": str(said)[:200]}),))
    if reason := why_unusable(schema, draft, formats=formats):
        return Imported(problems=(Problem("charter_unusable", "", {"reason": reason}),))
    return _Making(schema, module, name, name_of, draft).made(title, formats=formats)


class _Making:
    """One import: the fields that were made so far, and what is said about them."""

    def __init__(self, schema: object, module: str, name: str, name_of: NameOf, draft: str) -> None:
        self.schema, self.module, self.name, self.draft = schema, module, name, draft
        self.name_of = name_of
        self.reader = Reader(schema)
        self.lines: list[Line] = []
        self.count = 0

    def made(self, title: str, *, formats: bool) -> Imported:
        root: Part = self.schema if isinstance(self.schema, dict) else {}
        properties: Part = {}
        rest = self.name_of("rest", ())
        shape = self.shape(Node(root, ""), properties, rest, level=0, above=frozenset({""}))
        display = next((key for key, one in properties.items() if _names(one)), "")
        if not display:
            display = self.name_of("label", properties)
            properties = {display: {"title": "名称", "type": "string"}, **properties}
        shown = str(root.get("title") or title or self.name)[:200]
        for key, one in variants(root, self.reader, shape, properties).items():
            _settings(properties[key])["visible"] = one
        charter = {"schema": self.schema, "draft": self.draft, **({"formats": True} if formats else {}), **shape}
        entity: Part = {
            "$schema": address("entity"),
            "name": self.name,
            "title": shown,
            "kind": "master",
            "display": display,
        }
        entity |= {"description": str(root["description"])[:2000]} if root.get("description") else {}
        entity |= {"schema": {"type": "object", "properties": properties}}
        entity |= {"charter": charter}
        return Imported(self._documents(entity, shown, properties), tuple(self.lines))

    def shape(self, node: Node, fields: Part, rest: str, *, level: int, above: frozenset[str]) -> Part:
        """Add the fields of an object to `fields` and return where its properties stand."""
        fields[rest] = _rest()
        taken = {"id", rest}
        members = self.members(node, fields, taken, rest, level=level, depth=0, above=above, prefix="")
        return {"rest": rest, "members": members}

    def members(
        self,
        node: Node,
        fields: Part,
        taken: set[str],
        rest: str,
        *,
        level: int,
        depth: int,
        above: frozenset[str],
        prefix: str,
    ) -> Part:
        self._note_whole(self.reader.nodes(node))
        found: Part = {}
        for key, prop in self.reader.properties(node).items():
            if self.count < _MOST_FIELDS:
                found[key] = self.place(
                    key, prop, fields, taken, rest, level=level, depth=depth, above=above, prefix=prefix
                )
        return found

    def place(
        self, key: str, prop: Property, fields: Part, taken: set[str], rest: str,
        *, level: int, depth: int, above: frozenset[str], prefix: str,
    ) -> Part:  # fmt: skip
        """Make the field or fields of one property."""
        words, nodes = self.reader.merged(prop.nodes)
        pointers = frozenset(one.pointer for one in nodes)
        own = prop.nodes[0]
        always = {"always": True} if prop.required and own.sure else {}
        fresh = not pointers & above
        holder = Node({"allOf": [one.schema for one in prop.nodes]}, own.pointer) if len(prop.nodes) > 1 else own
        if kind_of(words) == "object" and fresh and depth < _NESTED and self.reader.properties(holder):
            inner = self.members(
                holder,
                fields,
                taken,
                rest,
                level=level,
                depth=depth + 1,
                above=above | pointers,
                prefix=f"{prefix}{key} ",
            )
            return {"members": inner, **always}
        self.count += 1
        name = self.name_of(f"{prefix}{key}", taken)
        taken.add(name)
        head = {"title": str(words.get("title") or key or name)[:200]} | _described(words)
        items = words.get("items")
        row, row_nodes = (
            self.reader.merged([Node(items, f"{own.pointer}/items")]) if isinstance(items, dict) else (None, [])
        )
        under = frozenset(one.pointer for one in row_nodes)
        if row and kind_of(words) == "array" and kind_of(row) == "object" and level < MOST_LEVELS and not under & above:
            start = Node(items if isinstance(items, dict) else {}, f"{own.pointer}/items")
            if self.reader.properties(start):
                inside: Part = {}
                shape = self.shape(
                    start, inside, self.name_of("rest", ()), level=level + 1, above=above | pointers | under
                )
                table: Part = {"type": "object", "properties": inside}
                fields[name] = {**head, "type": "array", "items": table}
                self.lines.append(Line(own.pointer, "field", name, "sub_table"))
                return {"field": name, "rows": shape, **always}
        kind, form = typed(words, row)
        if not kind:
            fields[name] = {**head, "x-field": {"type": "json"}}
            self.lines.append(Line(own.pointer, "json", name, "json"))
            return {"field": name}
        fields[name] = {**head, **form, **_default(words, kind)}
        self.lines.append(Line(own.pointer, "field", name, kind))
        self._note_words(own, kind)
        if prop.required and own.sure and depth == 0:
            _settings(fields[name])["required"] = f"ISBLANK({rest})"
        return {"field": name}

    def _note_whole(self, nodes: list[Node]) -> None:
        """Note the keywords of an object that no field says."""
        for one in nodes:
            for word in one.schema:
                if word not in _BOUNDS | _NAMED:
                    self.lines.append(Line(f"{one.pointer}/{word}", "annotation" if word in _NOTES else "whole"))

    def _note_words(self, node: Node, kind: str) -> None:
        for word in node.schema:
            if word in _NOTES and word != "default":
                self.lines.append(Line(f"{node.pointer}/{word}", "annotation"))
            elif word not in _BOUNDS | _NAMED | _SAID_BY_FIELDS | {"default"}:
                self.lines.append(Line(f"{node.pointer}/{word}", "whole"))

    def _documents(self, entity: Part, title: str, properties: Part) -> dict[str, Part]:
        """Return the entity with a form of all of its fields and a table of the first that a table can show."""
        names = [*properties]
        listed = [key for key, one in properties.items() if _is_listed(one)][:8]
        form: Part = {"$schema": address("form"), "name": self.name, "title": title, "entity": self.name}
        form |= {"items": [{"section": title, "items": names}]}
        view: Part = {"$schema": address("view"), "name": f"{self.name}_list"[:63], "title": title, "entity": self.name}
        view |= {"kind": "table", "columns": listed or [str(entity["display"])]}
        folder, table = self.module, str(view["name"])
        return {
            f"{folder}/entities/{self.name}.json": entity,
            f"{folder}/forms/{self.name}.json": form,
            f"{folder}/views/{table}.json": view,
        }


def _rest() -> Part:
    shape = {"type": "object", "propertyNames": {"pattern": "^(/|-$)"}}
    return {"title": "其他内容", "x-field": {"type": "json", "schema": shape}}


def _settings(part: object) -> Part:
    if not isinstance(part, dict):
        return {}
    settings = part.setdefault("x-field", {})
    return settings if isinstance(settings, dict) else {}


def _described(words: Mapping[str, object]) -> Part:
    said = words.get("description")
    return {"description": said[:2000]} if isinstance(said, str) and said else {}


def _default(words: Mapping[str, object], kind: str) -> Part:
    value = words.get("default")
    wanted = {"text": str, "long_text": str, "select": str, "boolean": bool, "integer": int}.get(kind)
    fits = wanted is not None and type(value) is wanted and value != ""
    if kind == "select" and fits:
        options = words.get("enum", [words.get("const")])
        fits = isinstance(options, list) and value in options
    return {"default": value} if fits else {}


def _names(part: object) -> bool:
    return isinstance(part, dict) and part.get("type") == "string" and "format" not in part and "oneOf" not in part


def _is_listed(part: object) -> bool:
    return (
        isinstance(part, dict)
        and part.get("type") in ("string", "integer", "boolean")
        and part.get("x-field") != {"type": "long_text"}
    )
