"""The charter of an entity: a JSON Schema that the whole of every record obeys, and where its properties stand.

A record that came from a JSON Schema holds what fields can hold in fields. Everything else of an instance (a property
that no field stands for, a null, an empty text, a number that is too long) stands in the JSON field `rest`, by its JSON
Pointer. So every instance has a record and every record an instance, and the schema itself gives the verdict.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

ABSENT = "-"
"""The key in `rest` that lists what is missing although a blank there would mean an empty object or list."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where one property stands: in a `field`, in the `rows` of a field, or, an object, in `members` of its own.

    With `always` a blank means an empty object or list; else it means that the property is missing.
    """

    field: str = ""
    always: bool = False
    rows: "Shape | None" = None
    members: "Mapping[str, Place] | None" = None


@dataclass(frozen=True, slots=True)
class Shape:
    """Where the properties of a record (or of a row) stand, by name, and the field that holds the rest."""

    rest: str
    members: Mapping[str, Place]


@dataclass(frozen=True, slots=True)
class Charter:
    """`schema` in the words of `draft` ("4", "6", "7", "2019-09", "2020-12"); `formats` says whether `format` is asserted."""

    schema: object
    draft: str
    formats: bool
    shape: Shape = field(default_factory=lambda: Shape("", {}))


def read_charter(document: Mapping[str, object]) -> Charter:
    """Return the charter that an entity's `charter` says; what is missing is blank."""
    return Charter(
        document.get("schema", True),
        str(document.get("draft", "2020-12")),
        document.get("formats") is True,
        _shape(document),
    )


def _shape(part: Mapping[str, object]) -> Shape:
    return Shape(str(part.get("rest", "")), _members(part.get("members")))


def _members(part: object) -> dict[str, Place]:
    return {name: _place(one) for name, one in part.items() if isinstance(one, dict)} if isinstance(part, dict) else {}


def _place(part: Mapping[str, object]) -> Place:
    rows = part.get("rows")
    return Place(
        field=str(part.get("field", "")),
        always=part.get("always") is True,
        rows=_shape(rows) if isinstance(rows, dict) else None,
        members=_members(part["members"]) if "members" in part else None,
    )
