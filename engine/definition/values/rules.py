"""What must hold on a record, asked with its values."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal

from engine.definition.model import Entity, Rule, Text
from engine.definition.rows import Place, places, row_environment
from engine.definition.values.compute import failed
from engine.definition.values.hidden import ignored, is_under, without_ignored
from engine.expressions import Compiled, Environment, ExpressionError, evaluate
from engine.paths import join
from engine.problems import Problem

_HOLE = re.compile(r"\{([^{}]+)\}")
_YES_NO = {"zh-CN": ("是", "否"), "en": ("yes", "no")}


def check_rules(entity: Entity, values: Mapping[str, object], env: Environment, moment: str) -> tuple[Problem, ...]:
    """Return what does not hold at a moment (`save` or `submit`).

    A check that is blank does not hold; a hidden value that is ignored is blank to it, and nothing is asked of it. The code is `rule_violated`, `params` hold `rule` and `message` (by language, holes
    filled); the severity of a rule that warns is `warning`. A check that has no value is an error of its own.
    """
    asked = [rule for rule in entity.rules if moment in rule.on]
    if not asked:
        return ()
    unseen = ignored(entity, values, env)
    seen = without_ignored(values, unseen)
    here = replace(env, values={**env.values, **seen}, row=None, rows_as=None, row_number=None)
    scopes = {
        each: [(place, row_environment(here, place, current=True)) for place in places(seen, each)]
        for each in {rule.each for rule in asked}
    }
    return tuple(
        problem
        for rule in asked
        for place, scope in scopes[rule.each]
        if not is_under(at := _pointer(rule, place), unseen)
        for problem in _ask(rule, scope, at)
    )


def refused_by(entity: Entity, rule: Rule, values: Mapping[str, object]) -> tuple[Problem, ...]:
    """Return where one rule does not hold on stored values: for what the database has refused."""
    env = Environment(values=values)
    return tuple(
        found
        for place in places(values, rule.each)
        for found in _ask(rule, row_environment(env, place, current=True), _pointer(rule, place))
    )


def _ask(rule: Rule, env: Environment, at: str) -> Iterator[Problem]:
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


def _pointer(rule: Rule, place: Place) -> str:
    """Return where a finding is shown: at the target, in the row that was asked or the one around it."""
    if not rule.target:
        return place.at
    tables, parts = rule.each.split(".") if rule.each else [], list[str | int]()
    for depth, name in enumerate(rule.target.split(".")):
        parts.append(name)
        if tables[: depth + 1] == rule.target.split(".")[: depth + 1]:
            parts.append(place.indices[depth])
    return join("", *parts)


def _message(rule: Rule, env: Environment) -> dict[str, str]:
    return filled_text(rule.message, rule.holes, env)


def filled_text(words: Text, holes: Mapping[str, Compiled], env: Environment) -> dict[str, str]:
    """Return a text in every language with its holes filled. Raises ExpressionError where one has no value."""
    shown = {text: evaluate(hole, env) for text, hole in holes.items()}
    return {language: _filled(one, shown, language) for language, one in words.items()}


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
