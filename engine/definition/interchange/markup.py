"""A lossless tree of an XML file: what is not changed is written back character for character.

Names and values come from expat; the text between them is sliced out of the file itself. References to entities are never
followed: declared entities stay unexpanded in content, external ones are never fetched, and a file that declares long
entities or entities made of others is refused.
"""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat  # expat with the handlers below follows no entity (tests/unit/definition/interchange)

from engine.definition.interchange.encodings import decoded, encoded
from engine.problems import Problem

MOST_BYTES = 8_000_000
_LONGEST_ENTITY = 64
_XML = "http://www.w3.org/XML/1998/namespace"
_TAG = re.compile(rb"""<[^"'>]*(?:"[^"]*"[^"'>]*|'[^']*'[^"'>]*)*>""")
NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
"""What XML 1.0 cannot say at all."""
_ASIDE = re.compile(r"<!--.*?-->|<\?.*?\?>|<!\[CDATA\[(?P<raw>.*?)\]\]>|(?P<plain>[^<]+)", re.DOTALL)


@dataclass(slots=True, eq=False)
class Element:
    """One element: its namespace and local name, its attributes by written name, and its text as it stands in the file."""

    tag: str
    space: str
    local: str
    attributes: dict[str, str]
    spaces: Mapping[str, str]
    opening: str
    closing: str = ""
    children: list["Element | str"] = field(default_factory=list)

    @property
    def elements(self) -> list["Element"]:
        """Return the elements directly inside."""
        return [one for one in self.children if isinstance(one, Element)]

    @property
    def prefix(self) -> str:
        """Return the prefix of the name with its colon, or nothing."""
        return self.tag[: -len(self.local)]

    @property
    def text(self) -> str:
        """Return the text directly inside, read as XML reads it."""
        return plain("".join(one for one in self.children if isinstance(one, str)))

    def get(self, name: str) -> str:
        """Return an attribute without prefix, nothing where it is missing."""
        return self.attributes.get(name, "")

    def within(self) -> Iterator["Element"]:
        """Return this element and all inside, in the order of the file."""
        waiting = [self]
        while waiting:
            one = waiting.pop()
            yield one
            waiting += reversed(one.elements)

    def space_of(self, name: str) -> str:
        """Return the namespace of an attribute's written name; one without prefix has none."""
        prefix, colon, _ = name.rpartition(":")
        return self.spaces.get(prefix, "") if colon else ""

    def set(self, name: str, value: str) -> None:
        """Write an attribute, in its place where there is one."""
        self.attributes[name] = value
        written = f' {name}="{escaped(value)}"'
        pattern = rf"""\s{re.escape(name)}\s*=\s*(?:"[^"]*"|'[^']*')"""
        found = re.search(pattern, self.opening)
        at = found.span() if found else (len(self.opening) - (2 if self.opening.endswith("/>") else 1),) * 2
        self.opening = self.opening[: at[0]] + written + self.opening[at[1] :]

    def drop(self, name: str) -> None:
        """Take an attribute away."""
        self.attributes.pop(name, None)
        pattern = rf"""\s{re.escape(name)}\s*=\s*(?:"[^"]*"|'[^']*')"""
        self.opening = re.sub(pattern, "", self.opening, count=1)

    def put(self, at: int, child: "Element | str") -> None:
        """Put a child before the child that stands at a place; an empty element is opened for it."""
        if self.opening.endswith("/>"):
            self.opening = self.opening[:-2].rstrip() + ">"
        self.closing = self.closing or f"</{self.tag}>"
        self.children.insert(at, child)

    def write(self) -> str:
        """Return the element as text."""
        written: list[str] = []
        waiting: list[Element | str] = [self]
        while waiting:
            one = waiting.pop()
            if isinstance(one, str):
                written.append(one)
            else:
                written.append(one.opening)
                waiting.append(one.closing)
                waiting += reversed(one.children)
        return "".join(written)


@dataclass(slots=True)
class Markup:
    """A file: the element at its root and what stands before and after it."""

    root: Element
    before: str
    after: str
    encoding: str

    def text(self) -> str:
        """Return the file as text."""
        return self.before + self.root.write() + self.after

    def to_bytes(self) -> bytes:
        """Return the file as bytes, in its encoding."""
        return encoded(self.text(), self.encoding)


def parse_markup(data: bytes) -> Markup | Problem:
    """Return the tree of an XML file; a file that is too large, no XML, or a trap becomes a problem."""
    if len(data) > MOST_BYTES:
        return Problem("xml_too_large", "", {"limit": MOST_BYTES})
    found = decoded(data)
    if isinstance(found, Problem):
        return found
    text, encoding = found
    builder = _Builder(text.removeprefix("\ufeff"))
    try:
        root = builder.build()
    except _Trap as trap:
        return Problem("xml_entities", "", {"name": str(trap)})
    except (expat.ExpatError, ValueError) as error:
        return Problem("xml_malformed", "", {"reason": str(error)[:200]})
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    return Markup(root, mark + builder.before, builder.after, encoding)


def escaped(text: str) -> str:
    """Return text as it stands in an attribute or an element."""
    return html.escape(text, quote=True).replace("\n", "&#10;").replace("\r", "&#13;").replace("\t", "&#9;")


def visible(text: str) -> str:
    """Return text without what XML cannot say."""
    return NO_XML.sub("", text)


def plain(raw: str) -> str:
    """Return what the characters of content mean: comments left out, references read."""
    return "".join(_meant(found) for found in _ASIDE.finditer(raw))


def _meant(found: re.Match[str]) -> str:
    return found["raw"] if found["raw"] is not None else html.unescape(found["plain"] or "")


class _Trap(Exception):  # as in engine.errors: it says what was met
    """An entity that could grow."""


class _Builder:
    def __init__(self, text: str) -> None:
        self.data = text.encode("utf-8")
        self.before = self.after = ""
        self._open: list[Element] = []
        self._root: Element | None = None
        self._at = 0
        self._parser = expat.ParserCreate("utf-8")
        self._parser.ordered_attributes = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.EntityDeclHandler = _declared
        self._parser.DefaultHandler = _unread

    def build(self) -> Element:
        self._parser.Parse(self.data, True)
        self.after = self._slice(len(self.data))
        if self._root is None:
            raise ValueError("no element")
        return self._root

    def _slice(self, until: int) -> str:
        found, self._at = self.data[self._at : until], until
        return found.decode("utf-8")

    def _start(self, tag: str, given: list[str]) -> None:
        text = self._slice(self._parser.CurrentByteIndex)
        found = _TAG.match(self.data, self._at)
        opening = self._slice(found.end() if found else self._at)
        attributes = dict(zip(given[::2], given[1::2], strict=True))
        spaces = _spaces(self._open[-1].spaces if self._open else {"xml": _XML}, attributes)
        prefix, _, local = tag.rpartition(":")
        element = Element(tag, spaces.get(prefix, ""), local, attributes, spaces, opening)
        if self._open:
            self._text(text)
            self._open[-1].children.append(element)
        else:
            self.before, self._root = text, element
        self._open.append(element)

    def _end(self, tag: str) -> None:
        element = self._open[-1]
        if not element.opening.endswith("/>"):
            self._text(self._slice(self._parser.CurrentByteIndex))
            element.closing = self._slice(self.data.index(b">", self._at) + 1)
        self._open.pop()

    def _text(self, text: str) -> None:
        if text:
            self._open[-1].children.append(text)


def _spaces(outer: Mapping[str, str], attributes: Mapping[str, str]) -> Mapping[str, str]:
    own = {name.partition(":")[2]: uri for name, uri in attributes.items() if name == "xmlns" or name[:6] == "xmlns:"}
    return {**outer, **own} if own else outer


def _declared(name: str, is_parameter: bool, value: str | None, *_: object) -> None:  # noqa: FBT001  # as expat calls it
    if is_parameter or (value is not None and (len(value) > _LONGEST_ENTITY or "&" in value or "%" in value)):
        raise _Trap(name)


def _unread(_data: str) -> None:
    """Stand in the way of entities in content: with this handler expat hands their references on unexpanded."""
