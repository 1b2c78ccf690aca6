"""Random expressions over random records, answered in four places, and what they do not agree about."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from random import Random

from engine.expressions import Compiled, Environment, ListOf, compile_expression, to_json
from engine.expressions.sql_rewrites import is_sqlable
from tests.conformance.expression_cases import Case
from tests.conformance.random_expressions import browser, databases
from tests.conformance.random_expressions.answers import answer
from tests.conformance.random_expressions.breaking import broken
from tests.conformance.random_expressions.world import Json, records
from tests.conformance.random_expressions.writing import Writer

BODY: Json = {"name": "random", "text": ""}
_BROKEN = 0.1


@dataclass(frozen=True)
class Disagreement:
    """An expression that two places answer differently for one record (by its number; -1 for the text itself)."""

    text: str
    place: str
    record: int
    python: str
    other: str

    def __str__(self) -> str:
        return f"{self.text}\n    record {self.record}: python {self.python}\n    {self.place}: {self.other}"


@dataclass
class Report:
    """What came of a run."""

    disagreements: list[Disagreement] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    functions: Counter[str] = field(default_factory=Counter)
    topics: list[Json] = field(default_factory=list)


def compare(seed: int, count: int, urls: Sequence[str], records_each: int = 5) -> Report:
    """Ask `count` expressions made from a seed of Python, the browser and the databases at `urls`, over so many records."""
    rng = Random(seed)  # a repeatable choice, not a secret
    report = Report(topics=records(rng, records_each))
    cases = [Case(topic, BODY) for topic in report.topics]
    scope, environments = cases[0].scope(), [case.environment() for case in cases]
    writer = Writer(rng, scope)
    texts = [_text(writer, rng) for _ in range(count)]
    told = browser.answers(report.topics, BODY, texts)
    with ExitStack() as stack:
        connections = [stack.enter_context(databases.filled(url, report.topics)) for url in urls]
        for text, other in zip(texts, told, strict=True):
            made = compile_expression(text, scope)
            if not isinstance(made, Compiled):
                report.counts["problems"] += 1
                _note(
                    report, text, "browser", [f"problem {made[0].code}"], [f"problem {other.get('problem')}"], start=-1
                )
                continue
            report.counts["expressions"] += 1
            report.functions.update(made.functions)
            mine = [answer(made, environment) for environment in environments]
            report.counts["errors"] += sum(one.startswith("error") for one in mine)
            _note(
                report, text, "browser", mine, other.get("answers") or [f"problem {other.get('problem')}"] * len(mine)
            )
            if "tree" in other:
                _note(report, text, "browser's tree", [_shape(to_json(made.tree))], [_shape(other["tree"])], start=-1)
            if not isinstance(made.type, ListOf) and is_sqlable(made.tree) is None:
                report.counts["in SQL"] += 1
                for connection in connections:
                    _ask(report, made, connection, environments[0], mine)
    return report


def _shape(tree: object) -> str:
    """Return a tree as text, without the places in the text: those count characters here and UTF-16 units there."""
    if isinstance(tree, dict):
        return f"{{{', '.join(f'{key}: {_shape(tree[key])}' for key in sorted(tree) if key != 'span')}}}"
    return f"[{', '.join(map(_shape, tree))}]" if isinstance(tree, list) else repr(tree)


def _text(writer: Writer, rng: Random) -> str:
    text = writer.expression()
    return broken(text, rng) if rng.random() < _BROKEN else text


def _ask(
    report: Report, made: Compiled, connection: databases.Connection, environment: Environment, mine: list[str]
) -> None:
    theirs = databases.answers(made, connection, environment, mine)
    if theirs[0].startswith("constant"):
        # A part that reads no field is evaluated before the question is asked, also where its turn would not come.
        report.counts["constant errors"] += 1
        return
    if any(one == "error too_many_steps" for one in mine):
        return
    wanted = ["error" if one.startswith("error") else one for one in mine]
    _note(report, made.text, connection.dialect.name, wanted, theirs)


def _note(report: Report, text: str, place: str, mine: Sequence[str], theirs: Sequence[str], start: int = 0) -> None:
    report.disagreements += _differences(text, place, mine, theirs, start)


def _differences(
    text: str, place: str, mine: Sequence[str], theirs: Sequence[str], start: int
) -> Iterator[Disagreement]:
    for at, (one, other) in enumerate(zip(mine, theirs, strict=True), start):
        if one != other:
            yield Disagreement(text, place, at, one, other)
