"""What a JSON Schema says about the properties of an object, with its references followed.

Only which fields to draw is read from this; the verdict is always the schema's own. So what is not understood here loses
a field, never a constraint.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from engine.paths import join, resolve

Schema = Mapping[str, object]
_MOST = 200
_EVERY = ("allOf",)
_SOME = ("anyOf", "oneOf")
_BRANCHES = ("if", "then", "else")
_BY_KEY = ("dependentSchemas", "dependencies")
_COMBINING = frozenset({*_EVERY, *_SOME, *_BRANCHES, *_BY_KEY, "$ref", "$recursiveRef", "$dynamicRef"})


@dataclass(frozen=True, slots=True)
class Node:
    """One schema that speaks about a value: where it stands, and whether it speaks in every case (`sure`)."""

    schema: Schema
    pointer: str
    sure: bool = True


@dataclass(slots=True)
class Property:
    """Everything that is said about one property."""

    nodes: list[Node] = field(default_factory=list)
    required: bool = False


class Reader:
    """Reads one schema document."""

    def __init__(self, root: object) -> None:
        """Find the anchors of a document."""
        self._root = root
        self._anchors = dict(_anchors(root))

    def nodes(self, start: Node) -> list[Node]:
        """Return a schema and every schema that it applies to the same value, each once, at most two hundred."""
        found: dict[str, Node] = {}
        waiting = [start]
        while waiting and len(found) < _MOST:
            node = waiting.pop(0)
            if node.pointer not in found:
                found[node.pointer] = node
                waiting += self._beside(node)
        return list(found.values())

    def properties(self, start: Node) -> dict[str, Property]:
        """Return what is said about each property of an object."""
        found: dict[str, Property] = {}
        for node in self.nodes(start):
            declared = node.schema.get("properties")
            for name, schema in declared.items() if isinstance(declared, dict) else ():
                at = join(node.pointer, "properties", name)
                part = schema if isinstance(schema, dict) else {}
                found.setdefault(name, Property()).nodes.append(Node(part, at, node.sure))
        for node in self.nodes(start):
            names = node.schema.get("required")
            for name in names if node.sure and isinstance(names, list) else ():
                if name in found:
                    found[name].required = True
        return found

    def merged(self, nodes: list[Node]) -> tuple[dict[str, object], list[Node]]:
        """Return the keywords about one value, the sure ones first and the first said winning, and the nodes behind them."""
        every = [one for node in nodes for one in self.nodes(node)]
        ordered = sorted(every, key=lambda one: not one.sure)
        chosen = {one.pointer: found for one in ordered if (found := _choices(one.schema))}
        branches = {join(at, word, index) for at, (word, said) in chosen.items() for index in range(len(said))}
        words: dict[str, object] = {}
        for one in ordered:
            if one.pointer not in branches:
                words = {key: value for key, value in one.schema.items() if key not in _COMBINING} | words
        for _, said in chosen.values():
            words.setdefault("oneOf", said)
        return words, ordered

    def followed(self, schema: object) -> Schema:
        """Return the schema that a schema refers to, or itself."""
        part: Schema = schema if isinstance(schema, dict) else {}
        target = self._target(part.get("$ref"))
        return target[0] if target is not None else part

    def _beside(self, node: Node) -> Iterator[Node]:
        schema, at = node.schema, node.pointer
        target = self._target(schema.get("$ref"))
        if target is not None:
            yield Node(target[0], target[1], node.sure)
        for word in (*_EVERY, *_SOME):
            members = schema.get(word)
            for index, one in enumerate(members if isinstance(members, list) else ()):
                if isinstance(one, dict):
                    yield Node(one, join(at, word, index), node.sure and word in _EVERY)
        for word in _BRANCHES:
            one = schema.get(word)
            if isinstance(one, dict):
                yield Node(one, join(at, word), sure=False)
        for word in _BY_KEY:
            members = schema.get(word)
            for key, one in members.items() if isinstance(members, dict) else ():
                if isinstance(one, dict):
                    yield Node(one, join(at, word, key), sure=False)

    def _target(self, ref: object) -> tuple[Schema, str] | None:
        if not isinstance(ref, str) or not ref.startswith("#"):
            return None
        at = self._anchors.get(ref[1:], ref[1:])
        try:
            found = resolve(self._root, at) if not at or at.startswith("/") else None
        except KeyError:
            return None
        return (found, at) if isinstance(found, dict) else None


def _choices(schema: Schema) -> tuple[str, list[Schema]] | None:
    """Return the word and the members of choices that are written one by one: each a constant, perhaps with a title."""
    for word in _SOME:
        said = schema.get(word)
        if isinstance(said, list) and said and all(isinstance(one, dict) and "const" in one for one in said):
            return word, said
    return None


def _anchors(root: object) -> Iterator[tuple[str, str]]:
    waiting: list[tuple[object, str]] = [(root, "")]
    while waiting:
        part, at = waiting.pop()
        if isinstance(part, dict):
            for word in ("$anchor", "$id", "id"):
                name = part.get(word)
                if isinstance(name, str) and (word == "$anchor" or name.startswith("#")):
                    yield name.removeprefix("#"), at
            waiting += [(value, join(at, str(key))) for key, value in part.items()]
        elif isinstance(part, list):
            waiting += [(value, join(at, index)) for index, value in enumerate(part)]
