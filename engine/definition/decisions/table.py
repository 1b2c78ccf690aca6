"""Decision tables: compiled once, asked with values, pure.

Hit policies after DMN 1.3, 8.2.8: unique, any, priority and first give one answer, collect, rule order and output order a list;
collect may add up, count, or take the least or greatest.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from engine.definition.decisions.cells import Malformed, Test, Value, parse_literal, parse_test
from engine.errors import Conflict
from engine.paths import join
from engine.problems import Problem

LISTS = frozenset({"collect", "rule_order", "output_order"})
Answer = Value | dict[str, Value]


@dataclass(frozen=True, slots=True)
class Output:
    """One output column: its values in the order of their priority, the first first, and its value where no rule holds."""

    name: str
    values: tuple[Value, ...] = ()
    default: Value = None


@dataclass(frozen=True, slots=True)
class Row:
    """One rule."""

    tests: tuple[Test, ...]
    answers: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """What a table answers: one value, one value by output, a list of these for policies that collect, and the rules by number from 1."""

    value: Answer | list[Answer]
    rules: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A compiled decision table."""

    name: str
    inputs: tuple[str, ...]
    outputs: tuple[Output, ...]
    rows: tuple[Row, ...]
    hit_policy: str = "unique"
    aggregate: str = ""
    _defaults: bool = field(default=False)

    def decide(self, given: Mapping[str, Value]) -> Hit:
        """Return what the table answers to values by input; one that is missing is blank.

        Raises Conflict `decision_not_unique` and `decision_answers_differ` where the table breaks its own policy, and
        `decision_not_a_number` where what is to be added up is none.
        """
        values = [given.get(name) for name in self.inputs]
        held = [
            number
            for number, row in enumerate(self.rows, start=1)
            if all(test(value) is True for test, value in zip(row.tests, values, strict=True))
        ]
        if self.hit_policy in LISTS:
            return self._collected(held)
        return Hit(self._single(held), tuple(held))

    def _single(self, held: list[int]) -> Answer:
        if not held:
            return self._answer(tuple(one.default for one in self.outputs))
        if self.hit_policy == "unique" and len(held) > 1:
            raise Conflict("decision_not_unique", {"table": self.name, "rules": held})
        answers = [self.rows[number - 1].answers for number in held]
        if self.hit_policy == "any" and any(_key(one) != _key(answers[0]) for one in answers):
            raise Conflict("decision_answers_differ", {"table": self.name, "rules": held})
        return self._answer(min(answers, key=self._rank) if self.hit_policy == "priority" else answers[0])

    def _collected(self, held: list[int]) -> Hit:
        ordered = sorted(held, key=self._rank_of) if self.hit_policy == "output_order" else held
        answers = [self._answer(self.rows[number - 1].answers) for number in ordered]
        if not held and self._defaults:
            answers = [self._answer(tuple(one.default for one in self.outputs))]
        return Hit(self._aggregated(answers) if self.aggregate else answers, tuple(ordered))

    def _aggregated(self, answers: list[Answer]) -> Value:
        if self.aggregate == "count":
            return Decimal(len(answers))
        numbers = [one for one in answers if isinstance(one, Decimal)]
        if len(numbers) != len(answers):
            raise Conflict("decision_not_a_number", {"table": self.name})
        if not numbers:
            return None
        return (
            sum(numbers, Decimal(0)) if self.aggregate == "sum" else {"min": min, "max": max}[self.aggregate](numbers)
        )

    def _answer(self, answers: tuple[Value, ...]) -> Answer:
        return answers[0] if len(answers) == 1 else dict(zip([one.name for one in self.outputs], answers, strict=True))

    def _rank_of(self, number: int) -> tuple[int, ...]:
        return self._rank(self.rows[number - 1].answers)

    def _rank(self, answers: tuple[Value, ...]) -> tuple[int, ...]:
        """Return the place of an answer in the order of priority; what is not listed comes last."""
        return tuple(
            one.values.index(answer) if answer in one.values else len(one.values)
            for one, answer in zip(self.outputs, answers, strict=True)
        )


def compile_table(document: Mapping[str, Any]) -> Table | tuple[Problem, ...]:
    """Return the table of a decision document of sound structure, or every cell and column that is wrong."""
    found = _Compiling(document)
    table = found.table()
    return tuple(found.problems) or table


class _Compiling:
    def __init__(self, document: Mapping[str, Any]) -> None:
        self.document = document
        self.problems: list[Problem] = []

    def table(self) -> Table:
        inputs = self._names("inputs")
        outputs = tuple(self._output(index, one) for index, one in enumerate(self.document["outputs"]))
        self._names("outputs")
        rows = tuple(
            self._row(index, one, len(inputs), len(outputs)) for index, one in enumerate(self.document.get("rules", ()))
        )
        aggregate = str(self.document.get("aggregate", ""))
        policy = str(self.document.get("hit_policy", "unique"))
        if aggregate and (policy != "collect" or (len(outputs) > 1 and aggregate != "count")):
            self.problems.append(Problem("decision_aggregate", "/aggregate", {"aggregate": aggregate}))
        if policy in ("priority", "output_order") and not any(one.values for one in outputs):
            self.problems.append(Problem("decision_no_priorities", "/outputs"))
        defaults = any("default" in one for one in self.document["outputs"])
        return Table(str(self.document["name"]), inputs, outputs, rows, policy, aggregate, defaults)

    def _names(self, key: str) -> tuple[str, ...]:
        names = [str(one["name"]) for one in self.document[key]]
        for index, name in enumerate(names):
            if name in names[:index]:
                self.problems.append(Problem("duplicate_name", join("", key, index, "name"), {"name": name}))
        return tuple(names)

    def _output(self, index: int, one: Mapping[str, Any]) -> Output:
        at = join("", "outputs", index)
        values = tuple(
            self._literal(text, join(at, "values", place)) for place, text in enumerate(one.get("values", ()))
        )
        return Output(str(one["name"]), values, self._literal(one.get("default", "-"), join(at, "default")))

    def _row(self, index: int, rule: Mapping[str, Any], wide: int, deep: int) -> Row:
        at = join("", "rules", index)
        when: Sequence[str] = rule.get("when", ())
        then: Sequence[str] = rule["then"]
        for key, cells, count in (("when", when, wide), ("then", then, deep)):
            if len(cells) != count:
                self.problems.append(Problem("decision_cells", join(at, key), {"count": len(cells), "expected": count}))
        tests = tuple(self._test(text, join(at, "when", place)) for place, text in enumerate(when))
        return Row(tests, tuple(self._literal(text, join(at, "then", place)) for place, text in enumerate(then)))

    def _test(self, text: str, at: str) -> Test:
        try:
            return parse_test(text)
        except Malformed as found:
            self.problems.append(Problem("decision_cell", at, {"cell": text[:60], "part": found.part}))
            return lambda _: None

    def _literal(self, text: str, at: str) -> Value:
        try:
            return parse_literal(text)
        except Malformed as found:
            self.problems.append(Problem("decision_cell", at, {"cell": text[:60], "part": found.part}))
            return None


def _key(answers: tuple[Value, ...]) -> tuple[tuple[type, Value], ...]:
    return tuple((type(one), one) for one in answers)
