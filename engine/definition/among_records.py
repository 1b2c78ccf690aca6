"""What must hold among the records of an entity, or among their rows: part of the model."""

from dataclasses import dataclass, field

from engine.definition.choices import Text


@dataclass(frozen=True, slots=True)
class Unique:
    """No two live records (or rows) may have equal values in all of `fields`; a blank one never clashes."""

    name: str
    fields: tuple[str, ...]
    message: Text = field(default_factory=dict)
    each: str = ""


@dataclass(frozen=True, slots=True)
class NoOverlap:
    """No two live records (or rows) with equal `key` may have intervals that overlap; touching ends are allowed."""

    name: str
    key: tuple[str, ...]
    start: str
    end: str
    message: Text = field(default_factory=dict)
    each: str = ""


@dataclass(frozen=True, slots=True)
class Acyclic:
    """Live records (or rows) link records of `of`, from `start` to `end`, and no links run in a circle; "id" is the record itself.

    With `apart`, what a record of a tree is linked with is neither what it lies in nor what lies in it, and its links are those
    of all that lies in it.
    """

    name: str
    start: str
    end: str
    of: str
    apart: bool = False
    message: Text = field(default_factory=dict)
    each: str = ""
