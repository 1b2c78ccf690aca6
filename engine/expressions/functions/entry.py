"""What an entry of the function table says.

A parameter's kind is "number", "text", "boolean", "date", "time", "datetime"; "scalar" for anything but a list;
"user"; "calendar" for a record that is a calendar of working days; "any"; a type variable "T" or "S", the same wherever
it stands, "O" for one whose values have an order; "[T]" for a list; "~T" for one or a list of them; "@T" for what is
evaluated for every item of the first argument. A result may also be "user" or "department".
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Mode = Literal["strict", "blanks", "environment", "environment_blanks", "lazy", "each"]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One argument: its name in the documentation, its kind, and whether it may be left out."""

    name: str
    kind: str
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """One line of documentation in both languages."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Function:
    """One function of the language.

    After `parameters` may come any number (at least one) of the whole `group`, then `tail`.
    `mode` says how `run` is called: "strict" with values, and not at all when one is blank (the result is blank then);
    "blanks" with values, blank or not; "environment" with the environment before the values, and not when one is
    blank; "environment_blanks" the same, blank or not; "lazy" with the function that evaluates a node and the nodes;
    "each" with the items of the first argument and, for every other argument, the list of its values at the items.
    """

    name: str
    aliases: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    result: str
    run: Callable[..., object]
    words: Words
    example: tuple[str, str]
    group: tuple[Parameter, ...] = ()
    tail: Parameter | None = None
    mode: Mode = "strict"
    volatile: bool = False
    steps: Callable[..., int] | None = None
    """Steps beyond those of its arguments, by their values, where time grows faster than they do."""

    def spread(self, count: int) -> tuple[Parameter, ...] | None:
        """Return the parameter of each of `count` arguments, None when so many do not fit."""
        required = sum(1 for parameter in self.parameters if not parameter.optional)
        if not self.group:
            return self.parameters[:count] if required <= count <= len(self.parameters) else None
        rest = count - len(self.parameters)
        repeats, left = divmod(rest, len(self.group))
        tail = (self.tail,) if self.tail is not None and left == 1 else ()
        if repeats < 1 or left != len(tail):
            return None
        return (*self.parameters, *self.group * repeats, *tail)

    def usage(self) -> str:
        """Return "ROUND(number, [places])" for documentation and problems."""
        parts = [f"[{item.name}]" if item.optional else item.name for item in self.parameters]
        if self.group:
            parts += [item.name for item in self.group] + ["..."]
        if self.tail is not None:
            parts.append(f"[{self.tail.name}]")
        return f"{self.name}({', '.join(parts)})"


def needs(*pairs: tuple[str, str]) -> tuple[Parameter, ...]:
    """Return parameters from (name, kind) pairs; a name that ends with "?" is optional."""
    return tuple(Parameter(name.rstrip("?"), kind, name.endswith("?")) for name, kind in pairs)
