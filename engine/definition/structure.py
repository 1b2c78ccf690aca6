"""Does a document have the shape that its schema asks for? Every finding, in sentences.

The only place that knows the library `jsonschema`.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache

from jsonschema import Draft202012Validator, FormatChecker, validators
from jsonschema.exceptions import ValidationError, best_match
from referencing import Registry, Resource

from engine.definition.near import meant
from engine.definition.quick import is_sound
from engine.definition.schemas import address, schemas
from engine.paths import pointer
from engine.problems import Problem

_TYPES = {
    "object": {"zh-CN": "对象 {…}", "en": "an object {...}"},
    "array": {"zh-CN": "列表 […]", "en": "a list [...]"},
    "string": {"zh-CN": "文字", "en": "text"},
    "integer": {"zh-CN": "整数", "en": "a whole number"},
    "boolean": {"zh-CN": "true 或 false", "en": "true or false"},
    "null": {"zh-CN": "null", "en": "null"},
}

_LIMITS = {
    "minLength": "schema_too_short",
    "maxLength": "schema_too_long",
    "minItems": "schema_too_few",
    "maxItems": "schema_too_many",
    "minimum": "schema_too_small",
    "maximum": "schema_too_great",
    "minProperties": "schema_too_few_keys",
    "maxProperties": "schema_too_many_keys",
}


def check_structure(kind: str, document: object) -> tuple[Problem, ...]:
    """Return every place where a document of this kind breaks its schema, in the order of the document."""
    if is_sound(kind, document):
        return ()
    found = [problem for error in _validator(kind).iter_errors(document) for problem in _problems(error)]
    once = {(problem.pointer, problem.code, str(problem.params)): problem for problem in found}
    return tuple(once[key] for key in sorted(once))


def _whole_pattern(_: object, pattern: str, text: object, __: object) -> Iterator[ValidationError]:
    """Match as JSON Schema does: `$` is the end of the text, not the place before a last line break."""
    if isinstance(text, str) and not re.search(re.sub(r"\$(?=$|\))", r"\\Z", pattern), text):
        yield ValidationError(f"{text!r} does not match {pattern!r}")


_Validator = validators.extend(Draft202012Validator, {"pattern": _whole_pattern})


@cache
def _validator(kind: str) -> Draft202012Validator:
    registry: Registry[Mapping[str, object]] = Registry().with_resources(
        (uri, Resource.from_contents(document)) for uri, document in schemas().items()
    )
    return _Validator(
        schemas()[address(kind)], registry=registry, format_checker=FormatChecker(formats=("regex", "date"))
    )


def _problems(error: ValidationError) -> Iterator[Problem]:
    at = pointer(error.absolute_path)
    keyword = str(error.validator)
    if keyword in ("oneOf", "anyOf"):
        yield from _choice(error, at)
    elif "propertyNames" in error.absolute_schema_path:
        yield Problem("schema_key_malformed", f"{at}{pointer([str(error.instance)])}", {"key": error.instance})
    elif keyword in _LIMITS:
        yield Problem(_LIMITS[keyword], at, {"limit": error.validator_value, "value": _shown(error.instance)})
    elif keyword in _KEYWORDS:
        yield from _KEYWORDS[keyword](error, at)
    else:
        yield Problem("schema_broken", at, {"keyword": keyword, "value": _shown(error.instance)})


def _choice(error: ValidationError, at: str) -> Iterator[Problem]:
    """Say which keys exclude each other, or what is wrong with the alternative that comes nearest."""
    groups = [branch.get("required") for branch in error.validator_value]
    if all(groups):
        yield Problem("schema_exactly_one", at, {"keys": [key for group in groups for key in group]})
        return
    nearest = best_match(error.context or [])
    if nearest is not None:
        yield from _problems(nearest)


def _unknown(error: ValidationError, at: str) -> Iterator[Problem]:
    known = list(error.schema.get("properties", {}))
    for key in error.instance:
        if key not in known:
            yield Problem(
                "schema_unknown_key", at + pointer([key]), {"key": key, "hint": meant(key, known), "known": known}
            )


def _missing(error: ValidationError, at: str) -> Iterator[Problem]:
    for key in error.validator_value:
        if key not in error.instance:
            yield Problem("schema_missing_key", at, {"key": key})


def _type(error: ValidationError, at: str) -> Iterator[Problem]:
    allowed = error.validator_value if isinstance(error.validator_value, list) else [error.validator_value]
    words = [_TYPES.get(name, {"zh-CN": name, "en": name}) for name in allowed]
    expected = {"zh-CN": "或".join(w["zh-CN"] for w in words), "en": " or ".join(w["en"] for w in words)}
    yield Problem("schema_wrong_type", at, {"expected": expected, "value": _shown(error.instance)})


def _enum(error: ValidationError, at: str) -> Iterator[Problem]:
    allowed = [str(value) for value in error.validator_value]
    yield Problem(
        "schema_not_allowed",
        at,
        {"value": _shown(error.instance), "allowed": allowed, "hint": meant(error.instance, allowed)},
    )


def _const(error: ValidationError, at: str) -> Iterator[Problem]:
    yield Problem("schema_must_be", at, {"value": _shown(error.instance), "expected": _shown(error.validator_value)})


def _pattern(error: ValidationError, at: str) -> Iterator[Problem]:
    title = {"zh-CN": error.schema.get("description", ""), "en": error.schema.get("x-en", {}).get("description", "")}
    yield Problem("schema_malformed", at, {"value": _shown(error.instance), "meaning": title})


def _repeated(error: ValidationError, at: str) -> Iterator[Problem]:
    yield Problem("schema_repeated", at, {})


_KEYWORDS: Mapping[str, Callable[[ValidationError, str], Iterator[Problem]]] = {
    "additionalProperties": _unknown,
    "required": _missing,
    "type": _type,
    "enum": _enum,
    "const": _const,
    "pattern": _pattern,
    "format": _pattern,
    "uniqueItems": _repeated,
}


def _shown(value: object) -> str:
    text = str(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
