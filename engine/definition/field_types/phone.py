"""Telephone numbers, kept with their country so that one number is written in one way."""

import re
from collections.abc import Mapping

from engine.definition.field_types.aspects import malformed, setting_text, word_problems
from engine.definition.field_types.text import GUARDS, Text
from engine.definition.model import Field
from engine.problems import Problem

CODES: Mapping[str, str] = {
    "CN": "86", "HK": "852", "MO": "853", "TW": "886", "SG": "65", "MY": "60", "JP": "81", "KR": "82", "US": "1",
    "GB": "44", "DE": "49", "FR": "33", "AU": "61",
}  # fmt: skip
"""Country codes, ITU-T E.164."""

_MOBILE = re.compile(r"1[3-9][0-9]{9}\Z", re.ASCII)
# An area is 10, 2x (two digits) or 3xx-9xx (three); 400 and 800 numbers have ten digits in all.
_LANDLINE = re.compile(r"(?:(?:10|2[0-9])[2-9][0-9]{7}|[3-9][0-9]{2}[2-9][0-9]{6,7}|[48]00[0-9]{7})\Z", re.ASCII)
_ANYWHERE = re.compile(r"[1-9][0-9]{5,14}\Z", re.ASCII)
_BETWEEN = re.compile(r"[\s()（）.\-－–]+")


class Phone(Text):
    """A number in the form of E.164: `+8613800138000`."""

    name = "phone"
    title = {"zh-CN": "电话", "en": "Phone"}
    docs = {
        "zh-CN": "电话号码，保存为带国家码的形式（+8613800138000）；kind 限定手机或座机，country 为默认国家。",
        "en": "A telephone number, kept with its country code (+8613800138000); `kind` narrows it to mobile or "
        "landline, `country` is where a number without a code belongs.",
    }
    control = "phone"
    settings = GUARDS | {"kind", "country"}
    keywords = frozenset()
    longest = 16

    def setting_problems(self, field: Field) -> tuple[Problem, ...]:
        """Check the words that settings allow."""
        return word_problems(field, {"kind": ("mobile", "landline", "any")})

    def coerce(self, value: object, field: Field) -> object:
        """Accept a number with spaces, hyphens and brackets, with or without its country."""
        text = super().coerce(value, field)
        if not isinstance(text, str):
            return text
        bare = _BETWEEN.sub("", text)
        code = CODES.get(setting_text(field, "country"), "86")
        international = re.sub(r"^00", "+", bare)
        if international.startswith("+"):
            number = international[1:]
        else:
            number = code + (bare.removeprefix("0") if code not in ("852", "853", "65") else bare)
        kind = setting_text(field, "kind", "any")
        return f"+{number}" if _fits(number, kind) else _wrong(text, kind)

    def to_text(self, value: object, field: Field, language: str = "zh-CN") -> str:
        """Return the number in groups; one at home without its country."""
        number = str(value)
        return _grouped(number[3:]) if number.startswith("+86") else _abroad(number)

    def from_text(self, text: str, field: Field) -> object:
        """Accept what is shown."""
        bare = _BETWEEN.sub("", text.strip())
        at_home = bare.isdigit() and setting_text(field, "country", "CN") != "CN" and _is_home(bare)
        return self.coerce(f"+86{bare.removeprefix('0')}" if at_home else bare, field)

    def to_filter(self, value: object, field: Field, operator: str) -> object:
        """Take the digits as they are kept; a part without its spaces."""
        if operator in ("contains", "starts_with") and isinstance(value, str):
            return _BETWEEN.sub("", value)
        return self.coerce(value, field)

    def from_expression(self, value: object, field: Field) -> object:
        """Keep what is a number."""
        found = self.coerce(value, field) if isinstance(value, str) else None
        return None if isinstance(found, Problem) else found

    def mask(self, value: object, field: Field, language: str = "zh-CN") -> str:
        """Leave the first three and the last four digits, unless the field says otherwise."""
        if "mask" in field.settings:
            return super().mask(value, field, language)
        digits = re.sub(r"[^0-9]", "", self.to_text(value, field, language))
        return f"{digits[:3]}{'•' * max(len(digits) - 7, 1)}{digits[-4:]}"

    def example(self, field: Field) -> object:
        """Return a number of the kind."""
        return "+862012345678" if setting_text(field, "kind") == "landline" else "+8613800138000"


def _fits(number: str, kind: str) -> bool:
    if not number.startswith("86"):
        return bool(_ANYWHERE.match(number)) and kind in ("any", "mobile", "landline")
    mobile, landline = bool(_MOBILE.match(number[2:])), bool(_LANDLINE.match(number[2:]))
    return {"mobile": mobile, "landline": landline}.get(kind, mobile or landline)


def _is_home(bare: str) -> bool:
    return bool(_MOBILE.match(bare) or (bare.startswith("0") and _LANDLINE.match(bare[1:])))


def _wrong(text: str, kind: str) -> Problem:
    words = {"mobile": ("手机号码", "a mobile number"), "landline": ("带区号的座机号码", "a landline with its area")}
    return malformed(text, *words.get(kind, ("电话号码", "a telephone number")))


def _grouped(number: str) -> str:
    if _MOBILE.match(number):
        return f"{number[:3]} {number[3:7]} {number[7:]}"
    if number.startswith(("400", "800")) and len(number) == 10:
        return f"+86 {number[:3]} {number[3:6]} {number[6:]}"
    area = 2 if number.startswith(("10", "2")) else 3
    return f"0{number[:area]} {number[area:-4]} {number[-4:]}"


def _abroad(number: str) -> str:
    code = next((code for code in sorted(CODES.values(), key=len, reverse=True) if number[1:].startswith(code)), "")
    rest = number[1 + len(code) :]
    groups = [rest[max(end - 4, 0) : end] for end in range(len(rest), 0, -4)][::-1]
    return " ".join([f"+{code}", *groups]) if code else number
