"""Documents and expressions that are spoilt: what checks and evaluates them must come back with findings, soon."""

import copy
import json
import time
from collections.abc import Iterator, Mapping
from random import Random
from typing import Any

from engine.definition import Configuration, check_documents, compile_documents
from engine.expressions import Compiled, Environment, ExpressionError, compile_expression, evaluate
from engine.expressions.sql_rewrites import is_sqlable
from engine.problems import LANGUAGES, Problem, describe
from engine.storage.publications import Publications
from tests.conformance.expression_cases import Case
from tests.conformance.random_expressions.agreement import BODY
from tests.conformance.random_expressions.breaking import broken
from tests.conformance.random_expressions.world import records
from tests.conformance.random_expressions.writing import Writer
from tests.fuzz.site import Site

_NEW: tuple[Any, ...] = (
    None, True, 0, -1, 1.5, 10**30, "", "x", "a.b", "\x00", "总额", "1/0", "(" * 50, "SUM(lines.amount)", "MEASURE('x')", "x" * 5000, [], {}, [[]], [None], {"x": 1}, {"$ref": "#"}, ["a", "a"], "system.user", "ME",
)  # fmt: skip
_PIECES = (
    "(", ")", ",", ".", "%", "+", "-", "*", "/", "^", "&", "=", "<>", "'", '"', "NOT", "IN", "AND", "OLD", "ITEM", "lines", "net", "title", "SUM", "MAP", "IF", "ROUND", "LOOKUP", "MEASURE", "1", "99", "0.5",
    "'x'", "空", "真", "SEQUENCE(1, 10000)", "FILTER(", "REPEAT('ab', 50000)", "\u3000", "💣", "\\", "{", "item", "calendar", "WORKDAYS",
)  # fmt: skip
_HOSTILE = (
    "(" * 5000, "-" * 5000 + "1", "NOT " * 2000 + "TRUE", "1" + "^9" * 4000, "9" * 9000, "'" + "a" * 9990, "IF(TRUE, " * 90 + "1" + ")" * 90, "net" + ".net" * 2000, "SUMEACH(SEQUENCE(1, 10000), " * 8 + "1" + ")" * 8,
    "REPEAT(" * 40 + "'x'" + ", 1000)" * 40, "LEN(REPLACE(REPEAT('a', 100000), 'a', REPEAT('b', 1000)))", "SUM(MAP(SEQUENCE(1, 10000), LEN(REPEAT('x', 100000))))", "MATCHES(REPEAT('a', 100000), '" + "*a" * 99 + "*b')",
    "SORT(" * 80 + "SEQUENCE(1, 10000)" + ")" * 80, "SPLIT(REPEAT('a,', 50000), ',')", "PRODUCT(SEQUENCE(1, 10000))", "STDEV(SEQUENCE(1, 10000))", "POWER(1.000000000001, 99)", "JOIN(SEQUENCE(1, 10000), REPEAT('x', 100))",
    "UNION(SEQUENCE(1, 10000), SEQUENCE(5000, 15000))", "WORKDAYS(DATE(1, 1, 1), DATE(9999, 12, 31), calendar)", "ADDWORKDAYS(DATE(2024, 1, 1), 40000, calendar)", "MODE(SEQUENCE(1, 10000))", "DISTINCT(SEQUENCE(1, 10000))",
    "SUM(MAP(SEQUENCE(1, 10000), RANK(ITEM, SEQUENCE(1, 10000))))", "COUNT(INTERSECT(SEQUENCE(1, 10000), SEQUENCE(1, 10000)))", "ANY(SEQUENCE(1, 10000), ANY(SEQUENCE(1, 10000), FALSE))", "SHARES(1, SEQUENCE(1, 10000), 24)",
)  # fmt: skip


def definitions(site: Site, rng: Random, count: int) -> None:
    """Change the shipped documents at random: checking answers with findings, and what passes can be compiled."""
    originals = _documents(site)
    places = [(path, *place) for path, document in originals.items() for place in _places(document)]
    for _ in range(max(1, count // 50)):
        changed = dict(originals)
        for path, *place in rng.sample(places, rng.choice((1, 1, 2, 4))):
            changed[path] = _changed(rng, copy.deepcopy(changed[path]), place, originals)
        _check(site, changed)


def _documents(site: Site) -> Mapping[str, Any]:
    with site.office.installation.database.reading() as tx:
        return dict(Publications(tx).get(1).documents)


def _check(site: Site, documents: Mapping[str, Any]) -> None:
    start = time.monotonic()
    try:
        found = check_documents(documents)
        told = [describe(one, language).text for one in found for language in LANGUAGES]
        made = compile_documents(documents)
        if isinstance(made, Configuration) == bool(found) or not all(told):
            site.note("definitions: check and compile disagree", str(found)[:1000])
    except Exception as error:  # noqa: BLE001  # whatever leaves is the finding
        site.note(f"definitions: {type(error).__name__} {str(error)[:80]}", f"{error!r} {_last_frame(error)}")
    _late(site, "definitions", start, "")


def _changed(rng: Random, document: Any, place: list[Any], others: Mapping[str, Any]) -> Any:
    holder = document
    for key in place[:-1]:
        if not (isinstance(holder, dict) and key in holder) and not (
            isinstance(holder, list) and isinstance(key, int) and key < len(holder)
        ):
            return document
        holder = holder[key]
    last = place[-1]
    if isinstance(holder, dict) and rng.random() < 0.2:
        holder.pop(last, None)
    elif isinstance(holder, dict) and rng.random() < 0.1:
        holder[rng.choice(("x", "", "$schema", "id", "a b"))] = rng.choice(_NEW)
    elif isinstance(holder, dict) or (isinstance(holder, list) and isinstance(last, int) and last < len(holder)):
        other = others[rng.choice(sorted(others))]
        holder[last] = rng.choice((*_NEW, copy.deepcopy(other)))
    return document


def _places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, member in members:
        yield (*path, key)
        yield from _places(member, (*path, key))


def expressions(site: Site, rng: Random, count: int) -> None:
    """Give texts that are hostile, random or spoilt to the parser, the checker, the evaluator and the question for SQL."""
    case = Case(records(rng, 1)[0], BODY)
    scope, environment = case.scope(), case.environment()
    writer = Writer(rng, scope)
    for number in range(count):
        text = _HOSTILE[number % len(_HOSTILE)] if number < 2 * len(_HOSTILE) else _text(rng, writer)
        start = time.monotonic()
        try:
            made = compile_expression(text, scope)
            if isinstance(made, Compiled):
                is_sqlable(made.tree)
                _evaluate(made, environment)
        except Exception as error:  # noqa: BLE001  # whatever leaves is the finding
            site.note(f"expressions: {type(error).__name__} {str(error)[:80]}", f"{text[:500]} {_last_frame(error)}")
        _late(site, "expressions", start, text[:500])


def _text(rng: Random, writer: Writer) -> str:
    way = rng.random()
    if way < 0.4:
        return broken(broken(writer.expression(), rng), rng)
    if way < 0.8:
        return rng.choice(("", " ")).join(rng.choice(_PIECES) for _ in range(rng.randrange(1, 40)))
    return "".join(
        chr(rng.choice((rng.randrange(32, 127), rng.randrange(0x4E00, 0x9FFF), rng.randrange(0xD7FF))))
        for _ in range(rng.randrange(60))
    )


def _evaluate(made: Compiled, environment: Environment) -> None:
    try:
        json.dumps(evaluate(made, environment), default=str)
    except ExpressionError as error:
        for language in LANGUAGES:
            if not describe(Problem(error.code, params=error.params), language).text:
                raise


def _late(site: Site, what: str, start: float, text: str) -> None:
    seconds = time.monotonic() - start
    site.sent += 1
    if seconds > site.patience:
        site.note(f"{what}: took {seconds:.0f} s", text)


def _last_frame(error: BaseException) -> str:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return "" if trace is None else f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}"
