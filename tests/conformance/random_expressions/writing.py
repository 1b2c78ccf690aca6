"""Random texts of the expression language, well typed by construction: the whole grammar and every function."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from random import Random

from engine.expressions.functions import FUNCTIONS, Function, Parameter
from engine.expressions.types import (
    BOOLEAN,
    DATE,
    DATETIME,
    NUMBER,
    TEXT,
    TIME,
    ListOf,
    RecordOf,
    Scalar,
    Scope,
    Type,
)
from tests.conformance.random_expressions.world import texts

USER_RECORD, CALENDAR = RecordOf("system.user"), RecordOf("calendar")
SCALARS: tuple[Type, ...] = (NUMBER, NUMBER, NUMBER, TEXT, TEXT, BOOLEAN, DATE, TIME, DATETIME)
ORDERED: tuple[Type, ...] = (NUMBER, NUMBER, TEXT, DATE, TIME, DATETIME)
_TOP: tuple[Type, ...] = (
    NUMBER, NUMBER, NUMBER, NUMBER, TEXT, TEXT, TEXT, BOOLEAN, BOOLEAN, BOOLEAN, DATE, DATE, TIME, DATETIME, ListOf(NUMBER), ListOf(TEXT),
)  # fmt: skip
_SMALL = frozenset({
    "places", "decimals", "count", "position", "size", "scale", "length", "start", "head", "tail", "occurrence", "days", "months", "years",
    "hours", "exponent", "place", "from", "to", "hour", "minute", "second", "month", "day",
})  # fmt: skip
"""Parameters for which nearly every number is an error: they get small whole numbers most of the time."""
_WORDS: Mapping[str, Sequence[str]] = {
    "period": ("week", "month", "quarter", "half", "year"),
    "pattern": ("A-*", "*", "?", "a%b_c", "*1*", "z\\y", "yyyy-mm-dd", "yy年m月d日", "q", ""),
    "separator": ("-", "/", ",", "", " "),
    "role": ("keeper", "工长", "nobody"),
    "sign": ("*", "#", ""),
    "fill": ("0", " ", "ab", ""),
    "part": ("-", "a", "", "2026", "混", "/"),
}
_ESCAPES = ("'", '"')
_COMPARISONS = ("=", "<>", "<", "<=", ">", ">=", "≤", "≠", "!=")
_LITERALS = ("0", "1", "2", "10", "0.5", "0.05", "1.005", "100", "7", "3.14", "12", "1000000", "0.000000000001")
_EDGES = (
    "9999999999999999999999999999",
    "0.999999999999999999999999",
    "99999999999999.99",
    "0.000000000000000000000001",
    ".5",
    "007",
)


class Writer:
    """Writes expressions for a scope. `items` are the types of the `Each` around, the innermost last."""

    def __init__(self, rng: Random, scope: Scope) -> None:
        self._rng = rng
        self._scope = scope
        self._items: tuple[Type, ...] = ()

    def expression(self) -> str:
        """Return one more expression."""
        return self.of(self._rng.choice(_TOP), self._rng.choice((1, 2, 2, 3, 3, 4)))

    def of(self, kind: Type, depth: int) -> str:
        """Return an expression of a type, of at most so many levels of functions."""
        if isinstance(kind, RecordOf) or (kind.__class__ is Scalar and kind not in SCALARS):
            return self.leaf(kind)
        if depth <= 0 or self._rng.random() < 0.2:
            return self.leaf(kind)
        operators = _OPERATORS.get(kind)
        if operators and self._rng.random() < 0.35:
            return f"({self._rng.choice(operators)(self, depth - 1)})"
        made = self.called(kind, depth - 1)
        return made if made is not None else self.leaf(kind)

    def leaf(self, kind: Type) -> str:
        """Return a name, a path or a literal of a type."""
        if self._rng.random() < 0.03 and not isinstance(kind, (ListOf, RecordOf)):
            return self._rng.choice(("BLANK", "空"))
        names = self.names().get(kind, ())
        if names and (isinstance(kind, (ListOf, RecordOf)) or self._rng.random() < 0.6):
            return self._rng.choice(names)
        if isinstance(kind, ListOf):
            return f"LIST({', '.join(self.leaf(kind.item) for _ in range(self._rng.randrange(1, 4)))})"
        return self.literal(kind)

    def names(self) -> Mapping[Type, Sequence[str]]:
        """Return the paths that may be read here, by type."""
        return _names(self._scope_key(), self._items)

    def _scope_key(self) -> "ScopeKey":
        return ScopeKey(self._scope)

    def literal(self, kind: Type) -> str:
        """Return a constant of a type; dates and the like are calls."""
        rng = self._rng
        if kind == NUMBER:
            written = rng.choice(_EDGES if rng.random() < 0.06 else _LITERALS)
            return f"-{written}" if rng.random() < 0.15 else written
        if kind == BOOLEAN:
            return rng.choice(("TRUE", "FALSE", "真", "false"))
        if kind == DATE:
            return rng.choice(
                (
                    "TODAY()",
                    "DATE(2026, 2, 28)",
                    "DATE(2024, 2, 29)",
                    "今天",
                    f"DATE({rng.randrange(2024, 2028)}, {rng.randrange(1, 13)}, 1)",
                )
            )
        if kind == TIME:
            return f"TIME({rng.randrange(24)}, {rng.choice((0, 30, 59))})"
        if kind == DATETIME:
            return rng.choice(("NOW()", "AT(TODAY(), TIME(8, 0))"))
        return self.quoted(rng.choice(texts()))

    def quoted(self, text: str) -> str:
        """Return a text literal in one of the quotes."""
        quote = self._rng.choice(_ESCAPES)
        return f"{quote}{text.replace(quote, quote * 2)}{quote}"

    def called(self, kind: Type, depth: int) -> str | None:
        """Return a call whose result is of a type."""
        fitting = _giving(kind)
        if not fitting:
            return None
        function, bound = self._rng.choice(fitting)
        bound = dict(bound)
        for variable, choice in (("T", SCALARS), ("S", SCALARS), ("O", ORDERED)):
            bound.setdefault(variable, self._rng.choice(choice))
        counts = [count for count in range(7) if function.spread(count) is not None]
        parameters = function.spread(self._rng.choice(counts[:3])) or ()
        if function.mode == "each":
            return self._each(function, parameters, bound, depth)
        arguments = [self.argument(parameter, bound, depth) for parameter in parameters]
        if function.name in {"AND", "OR"} and len(arguments) == 2 and self._rng.random() < 0.6:
            return f"({arguments[0]} {self._rng.choice((function.name, '且' if function.name == 'AND' else '或'))} {arguments[1]})"
        return f"{self.spelled(function)}({', '.join(arguments)})"

    def _each(self, function: Function, parameters: Sequence[Parameter], bound: dict[str, Type], depth: int) -> str:
        sources = [one for one in self.names() if isinstance(one, ListOf)]
        if function.result != "[T]":
            bound["T"] = self._rng.choice(sources).item if self._rng.random() < 0.85 else bound["T"]
        source = self.of(ListOf(bound["T"]), min(depth, 1))
        self._items = (*self._items, bound["T"])
        rest = [self.argument(parameter, bound, depth - 1) for parameter in parameters[1:]]
        self._items = self._items[:-1]
        return f"{self.spelled(function)}({', '.join((source, *rest))})"

    def spelled(self, function: Function) -> str:
        """Return a function's name or alias, in some case of letters."""
        if self._rng.random() < 0.8:
            return function.name
        return self._rng.choice((*function.aliases, function.name.lower(), function.name.title()))

    def argument(self, parameter: Parameter, bound: Mapping[str, Type], depth: int) -> str:
        """Return an argument for a parameter."""
        rng, kind = self._rng, parameter.kind.removeprefix("@")
        if kind.startswith("~"):
            kind = f"[{kind[1:]}]" if rng.random() < 0.6 else kind[1:]
        if kind == "number" and parameter.name in _SMALL and rng.random() < 0.85:
            return str(rng.choice((0, 1, 1, 2, 2, 3, 4, 12, -1)))
        if kind == "text" and parameter.name in _WORDS and rng.random() < 0.85:
            return self.quoted(rng.choice(_WORDS[parameter.name]))
        if parameter.name in {"floors", "rates"} and rng.random() < 0.85:
            return rng.choice(
                ("LIST(0, 10, 20)", "LIST(0, 1000)", "LIST(-5, 0, 5)")
                if parameter.name == "floors"
                else ("LIST(0.2, 0.3, 0.4)", "LIST(5%, 1)")
            )
        if kind == "calendar":
            return "calendar"
        if kind == "user":
            return rng.choice(("ME", "INITIATOR()", "owner", "'u2'"))
        if kind == "any":
            return self.of(rng.choice((*SCALARS, ListOf(NUMBER), ListOf(TEXT), RecordOf("stock.item"))), depth)
        if kind == "scalar":
            return self.of(rng.choice((*SCALARS, RecordOf("stock.item"))), depth)
        if kind.startswith("["):
            return self.of(ListOf(_bound(kind[1:-1], bound)), depth)
        return self.of(_bound(kind, bound), depth)

    def arithmetic(self, depth: int) -> str:
        """Return a chain of numbers, without parentheses: every way to read it is well typed."""
        parts = [self.of(NUMBER, depth) for _ in range(self._rng.choice((2, 2, 3, 4)))]
        signs = [
            self._rng.choice(("", "", "", "-", "+")) + part + self._rng.choice(("", "", "", "", "%")) for part in parts
        ]
        made = signs[0]
        for part in signs[1:]:
            power = self._rng.random() < 0.05
            made += (
                f" ^ {self._rng.choice((0, 1, 2, 3, -1, 8))}" if power else f" {self._rng.choice('+-*/×÷＋－')} {part}"
            )
        return made

    def between_dates(self, depth: int) -> str:
        """Return days between two dates."""
        return f"{self.of(DATE, depth)} - {self.of(DATE, depth)}"

    def later(self, depth: int) -> str:
        """Return a date some days away."""
        days = str(self._rng.choice((0, 1, 30, 365))) if self._rng.random() < 0.7 else self.of(NUMBER, depth)
        return self._rng.choice(
            (f"{self.of(DATE, depth)} + {days}", f"{self.of(DATE, depth)} - {days}", f"{days} + {self.of(DATE, depth)}")
        )

    def joined(self, depth: int) -> str:
        """Return values joined as text."""
        return " & ".join(self.of(self._rng.choice(SCALARS), depth) for _ in range(self._rng.choice((2, 2, 3))))

    def comparison(self, depth: int) -> str:
        """Return a comparison of two values of one type."""
        kind = self._rng.choice(ORDERED)
        return f"{self.of(kind, depth)} {self._rng.choice(_COMPARISONS)} {self.of(kind, depth)}"

    def membership(self, depth: int) -> str:
        """Return IN or NOT IN, with options or a list."""
        kind = self._rng.choice(SCALARS)
        word = self._rng.choice(("IN", "NOT IN", "in"))
        if self._rng.random() < 0.25:
            return f"{self.of(kind, depth)} {word} {self.of(ListOf(kind), depth)}"
        return f"{self.of(kind, depth)} {word} ({', '.join(self.of(kind, depth) for _ in range(self._rng.randrange(1, 4)))})"

    def conditions(self, depth: int) -> str:
        """Return conditions chained without parentheses."""
        parts = [
            self._rng.choice(("", "", "NOT ", "非 ")) + self.of(BOOLEAN, depth) for _ in range(self._rng.choice((2, 3)))
        ]
        return self._rng.choice((" AND ", " OR ", " and ", " 或 ")).join(parts)

    def measured(self, depth: int) -> str:
        """Return what a measure or another record says."""
        if self._rng.random() < 0.5:
            return f"MEASURE('held', kind = {self.of(TEXT, depth)}, on = {self.leaf(DATE)})"
        return f"LOOKUP('stock.item', 'cost', name = {self.of(TEXT, depth)})"


class ScopeKey:
    """A scope as the key of a cache: by what it is, not by what it holds."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    def __hash__(self) -> int:
        return id(self.scope)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ScopeKey) and self.scope is other.scope


_OPERATORS: Mapping[Type, Sequence[Callable[[Writer, int], str]]] = {
    NUMBER: (Writer.arithmetic, Writer.arithmetic, Writer.arithmetic, Writer.between_dates, Writer.measured),
    TEXT: (Writer.joined,),
    BOOLEAN: (Writer.comparison, Writer.comparison, Writer.membership, Writer.conditions),
    DATE: (Writer.later,),
}


def _bound(kind: str, bound: Mapping[str, Type]) -> Type:
    return bound[kind] if kind in bound else Scalar(kind)


@cache
def _giving(kind: Type) -> tuple[tuple[Function, tuple[tuple[str, Type], ...]], ...]:
    """Return the functions whose result may be of a type, with what their type variables stand for then."""
    found: list[tuple[Function, tuple[tuple[str, Type], ...]]] = []
    for function in FUNCTIONS.values():
        result, wanted = function.result, kind
        if result.startswith("["):
            if not isinstance(kind, ListOf):
                continue
            result, wanted = result[1:-1], kind.item
        if result in {"T", "S", "O"}:
            listed = isinstance(wanted, ListOf) and function.result == result
            if not (listed and function.mode != "lazy") and (result != "O" or wanted in ORDERED):
                found.append((function, ((result, wanted),)))
        elif isinstance(wanted, Scalar) and result == wanted.name:
            found.append((function, ()))
    return tuple(found)


@cache
def _names(key: ScopeKey, items: tuple[Type, ...]) -> Mapping[Type, Sequence[str]]:
    scope = key.scope
    visible: dict[str, Type] = dict(scope.names)
    for item in items:
        shape = scope.shape_of(item)
        visible |= scope.shapes.get(shape, {}) if shape else {}
    if items:
        visible["ITEM"] = items[-1]
    found: dict[Type, list[str]] = {}
    for name, kind in visible.items():
        for path, ending in _paths(scope, name, kind, 2):
            found.setdefault(ending, []).append(path)
    for name, kind in (scope.old or {}).items():
        found.setdefault(kind, []).append(f"OLD.{name}")
    for name, member in (("ME.name", TEXT), ("INITIATOR.name", TEXT)):
        found.setdefault(member, []).append(name)
    return found


def _paths(scope: Scope, path: str, kind: Type, more: int) -> list[tuple[str, Type]]:
    shape = scope.shape_of(kind)
    found = [(path, kind)]
    if shape is None or more == 0:
        return found
    for name, member in scope.shapes.get(shape, {}).items():
        ending = ListOf(member) if isinstance(kind, ListOf) and not isinstance(member, ListOf) else member
        found += _paths(scope, f"{path}.{name}", ending, more - 1)
    return found
