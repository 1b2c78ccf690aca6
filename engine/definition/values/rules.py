"""What must hold on a record, asked with its values."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal

from engine.definition.model import Entity, Rule
from engine.definition.values.compute import failed
from engine.expressions import Environment, ExpressionError, evaluate
from engine.paths import join
from engine.problems import Problem

_HOLE = re.compile(r"\{([^{}]+)\}")
_YES_NO = {"zh-CN": ("是", "否"), "en": ("yes", "no")}


def check_rules(entity: Entity, values: Mapping[str, object], env: Environment, moment: str) -> tuple[Problem, ...]:
    """Return what does not hold at a moment (`save` or `submit`).

    A check that is blank does not hold. The code is `rule_violated`, `params` hold `rule` and `message` (by language, holes
    filled); the severity of a rule that warns is `warning`. A check that has no value is an error of its own.
    """
    here = replace(env, values={**env.values, **values}, row=None, rows_as=None, row_number=None)
    asked = [rule for rule in entity.rules if moment in rule.on]
    scopes = {each: tuple(places(each, here)) for each in {rule.each for rule in asked}}
    return tuple(
        problem for rule in asked for place, scope in scopes[rule.each] for problem in _ask(rule, scope, place)
    )


def places(each: str, env: Environment) -> Iterator[tuple[int | None, Environment]]:
    """Yield the environment of the record, or those of every row of the sub-table `each` with their index."""
    if not each:
        yield None, env
        return
    rows = env.values.get(each)
    for index, row in enumerate(rows if isinstance(rows, (list, tuple)) else ()):
        yield index, replace(env, row=row, rows_as=each, row_number=index + 1)


def _ask(rule: Rule, env: Environment, index: int | None) -> Iterator[Problem]:
    at = _pointer(rule, index)
    try:
        if rule.when is not None and evaluate(rule.when, env) is not True:
            return
        if evaluate(rule.check, env) is True:
            return
        params = {"rule": rule.name, "message": _message(rule, env)}
    except ExpressionError as error:
        yield failed(error, rule.message).under(at)
        return
    yield Problem("rule_violated", at, params, severity="warning" if rule.severity == "warn" else "error")


def _pointer(rule: Rule, index: int | None) -> str:
    table, _, name = rule.target.rpartition(".")
    if index is None:
        return join("", *rule.target.split(".")) if rule.target else ""
    if rule.target and not table and rule.target != rule.each:
        return join("", rule.target)
    return join("", rule.each, index, *([name] if table else []))


def _message(rule: Rule, env: Environment) -> dict[str, str]:
    shown = {text: evaluate(hole, env) for text, hole in rule.holes.items()}
    return {language: _filled(words, shown, language) for language, words in rule.message.items()}


def _filled(words: str, shown: Mapping[str, object], language: str) -> str:
    def value(hole: re.Match[str]) -> str:
        return shown_value(shown.get(hole[1].strip()), language)

    return _HOLE.sub(value, words)


def shown_value(value: object, language: str) -> str:
    """Return how a value stands in a sentence: numbers without trailing zeros, dates in ISO form, a blank as nothing."""
    match value:
        case None:
            return ""
        case bool():
            return _YES_NO.get(language, _YES_NO["en"])[0 if value else 1]
        case Decimal():
            return f"{value.normalize():f}" if value else "0"
        case datetime():
            return value.isoformat(" ", "minutes")
        case time():
            return value.isoformat("minutes")
        case date():
            return value.isoformat()
        case list() | tuple():
            return ", ".join(shown_value(part, language) for part in value)
        case Mapping():
            return str(value.get("name") or value.get("id") or "")
    return str(value)
