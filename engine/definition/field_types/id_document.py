"""Numbers of documents by which people are known."""

import re
from collections.abc import Mapping

from engine.definition.field_types.aspects import malformed, setting_text, word_problems
from engine.definition.field_types.checksums import is_id_card
from engine.definition.field_types.masks import masked
from engine.definition.field_types.text import GUARDS, Text
from engine.definition.model import Field
from engine.problems import Problem

_WORDS: Mapping[str, tuple[str, str]] = {
    "id_card": ("18 位身份证号码", "a citizen's number of 18 places with its check digit"),
    "passport": ("护照号码", "the number of a passport"),
    "hk_macau_permit": ("港澳居民来往内地通行证号码", "the number of a permit for residents of Hong Kong and Macao"),
    "taiwan_permit": ("台湾居民来往大陆通行证号码", "the number of a permit for residents of Taiwan"),
}
_SHAPES: Mapping[str, re.Pattern[str]] = {
    "passport": re.compile(r"[A-Z0-9]{5,17}\Z", re.ASCII),
    "hk_macau_permit": re.compile(r"[HMC][0-9]{8}(?:[0-9]{2})?\Z", re.ASCII),
    "taiwan_permit": re.compile(r"(?:[0-9]{8}|[0-9]{10}[A-Z]?)\Z", re.ASCII),
}


class IdDocument(Text):
    """The number of an identity card or of another document, without spaces and in capitals."""

    name = "id_document"
    title = {"zh-CN": "证件号码", "en": "Identity document"}
    docs = {
        "zh-CN": "证件号码；kind 为证件种类（默认身份证，按 GB 11643 校验），kind_field 为给出种类的字段。",
        "en": "The number of a document; `kind` says which (an id card, checked by GB 11643, by default), or the field in "
        "`kind_field` does.",
    }
    control = "id_document"
    settings = GUARDS | {"kind", "kind_field"}
    keywords = frozenset()
    longest = 30

    def setting_problems(self, field: Field) -> tuple[Problem, ...]:
        """Check the words that settings allow."""
        return word_problems(field, {"kind": tuple(_WORDS)})

    def coerce(self, value: object, field: Field) -> object:
        """Accept it with spaces and in small letters."""
        text = super().coerce(value, field)
        return re.sub(r"[\s-]", "", text).upper() or None if isinstance(text, str) else text

    def problems(self, value: object, field: Field) -> tuple[Problem, ...]:
        """Check it by the kind that the field is of; one whose kind stands elsewhere is checked there."""
        found = super().problems(value, field)
        return found or (() if "kind_field" in field.settings else _checked(str(value), setting_text(field, "kind")))

    def problems_beside(self, value: object, field: Field, beside: Mapping[str, object]) -> tuple[Problem, ...]:
        """Check it by the kind that stands beside it; a kind that is not known is checked by length alone."""
        kind = beside.get(setting_text(field, "kind_field"))
        return _checked(str(value), str(kind)) if kind in _WORDS else ()

    def from_text(self, text: str, field: Field) -> object:
        """Accept it as it is."""
        return self.coerce(text, field)

    def mask(self, value: object, field: Field, language: str = "zh-CN") -> str:
        """Leave both ends, unless the field says otherwise."""
        return masked(str(value), setting_text(field, "mask", "id"))

    def example(self, field: Field) -> object:
        """Return a number of the kind."""
        numbers = {"passport": "E12345678", "hk_macau_permit": "H12345678", "taiwan_permit": "12345678"}
        return numbers.get(setting_text(field, "kind"), "11010519491231002X")


def _checked(text: str, kind: str) -> tuple[Problem, ...]:
    shape = _SHAPES.get(kind)
    sound = shape.match(text) if shape else is_id_card(text)
    return () if sound else (malformed(text, *_WORDS.get(kind, _WORDS["id_card"])),)
