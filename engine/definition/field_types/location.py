"""Places on the earth."""

import math
import re
from collections.abc import Mapping
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from engine.definition.field_types.aspects import PRESENCE, ColumnKind, malformed, wrong_type
from engine.definition.field_types.datetime import DatetimeType
from engine.definition.field_types.decimal import plain_number
from engine.definition.field_types.field_type import FieldType
from engine.definition.field_types.text import unstorable
from engine.definition.model import Field
from engine.expressions import RecordOf, Type
from engine.problems import Problem

_DEGREES = re.compile(r"-?(?:0|[1-9][0-9]{0,2})(?:\.[0-9]{1,9})?\Z", re.ASCII)
_METRES = re.compile(r"(?:0|[1-9][0-9]{0,6})(?:\.[0-9]{1,3})?\Z", re.ASCII)
_KEYS = frozenset({"lng", "lat", "accuracy", "address", "at"})
_EARTH = 6_371_008.8
"""Mean radius of the earth in metres (IUGG)."""
_PLACES = Decimal("0.000001")


class Location(FieldType):
    """Longitude and latitude in degrees of WGS-84, kept to six digits after the point (about 0.1 m).

    `accuracy` in metres, `address` and the moment `at` may come with them. With `within` the place must be near another.
    """

    name = "location"
    title = {"zh-CN": "位置", "en": "Location"}
    docs = {
        "zh-CN": '经纬度（WGS-84），如 {"lng": "113.264385", "lat": "23.129112"}，可带 accuracy、address、at；'
        "within 限定与另一位置的距离。",
        "en": 'Degrees of WGS-84, such as {"lng": "113.264385", "lat": "23.129112"}, maybe with accuracy, address and at; '
        "`within` bounds the distance from another place.",
    }
    control = "location"
    json_type = "object"
    settings = frozenset({"within"})
    operators = PRESENCE
    sortable = False
    wide = True
    listed = False
    names_record = False

    def json_form(self, field: Field) -> dict[str, object]:
        """Return an object of texts."""
        texts = {"type": "string"}
        properties = {"lng": texts, "lat": texts, "accuracy": texts, "address": {"type": "string", "maxLength": 500}}
        properties |= {"at": {"type": "string", "format": "date-time"}}
        return {"type": "object", "required": ["lng", "lat"], "properties": properties, "additionalProperties": False}

    def expression_type(self, owner: str, to: str) -> Type:
        """Return a place, whose parts can be read."""
        return RecordOf("system.location")

    def column(self, field: Field) -> ColumnKind:
        """Store the object as JSON."""
        return ColumnKind("json")

    def coerce(self, value: object, field: Field) -> object:
        """Accept degrees as text, and bring them to six digits after the point."""
        if not isinstance(value, dict) or not set(value) <= _KEYS or not {"lng", "lat"} <= set(value):
            return wrong_type("含 lng 与 lat 的对象", "an object with lng and lat")
        lng, lat = _degrees(value["lng"], 180), _degrees(value["lat"], 90)
        if lng is None or lat is None:
            at = "lng" if lng is None else "lat"
            return malformed(value[at], "以文本书写的度数，如 113.264385", "degrees as text").under(f"/{at}")
        rest = {key: value[key] for key in ("accuracy", "address", "at") if value.get(key) not in (None, "")}
        return _rest(rest, field) or {"lng": lng, "lat": lat, **rest}

    def problems_against(self, value: object, field: Field, other: object) -> tuple[Problem, ...]:
        """Check the distance from the place at `within.of`; where that is blank there is none."""
        within = field.settings.get("within")
        if not isinstance(within, Mapping) or not isinstance(value, Mapping) or not isinstance(other, Mapping):
            return ()
        metres, most = distance(value, other), int(within["metres"])
        return (Problem("too_far", params={"limit": most, "distance": metres}),) if metres > most else ()

    def to_text(self, value: object, field: Field, language: str = "zh-CN") -> str:
        """Return degrees, then what else is known."""
        parts = dict(value) if isinstance(value, Mapping) else {}
        told = f"{parts.pop('lng', '')}, {parts.pop('lat', '')}"
        return told + "".join(f"; {key}={parts[key]}" for key in ("accuracy", "at", "address") if key in parts)

    def to_print(self, value: object, field: Field, language: str = "zh-CN") -> str:
        """Return the address, or the degrees."""
        shown = value if isinstance(value, Mapping) else {}
        return str(shown.get("address") or f"{shown.get('lng')}, {shown.get('lat')}")

    def from_text(self, text: str, field: Field) -> object:
        """Accept `113.264385, 23.129112`, with what `to_text` adds."""
        head, *rest = text.split("; ", 3)
        lng, comma, lat = head.replace("，", ",").partition(",")
        if not comma:
            return malformed(text, "经度, 纬度", "longitude, latitude")
        parts = dict(one.partition("=")[::2] for one in rest)
        return self.coerce({"lng": plain_number(lng), "lat": plain_number(lat), **parts}, field)

    def meta(self, field: Field) -> dict[str, object]:
        """Tell how far is near, and to what."""
        within = field.settings.get("within")
        return {"within": dict(within)} if isinstance(within, Mapping) else {}

    def example(self, field: Field) -> object:
        """Return a place."""
        return {"lng": "113.264385", "lat": "23.129112"}


def distance(one: Mapping[str, object], other: Mapping[str, object]) -> int:
    """Return the metres between two places on a sphere, rounded half up. Source: the haversine formula (Sinnott 1984)."""
    lng1, lat1, lng2, lat2 = (math.radians(float(str(place[key]))) for place in (one, other) for key in ("lng", "lat"))
    square = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lng2 - lng1) / 2) ** 2
    # Nine digits are far below a metre: what the last bits of a float say cannot move the result.
    metres = Decimal(f"{2 * _EARTH * math.asin(math.sqrt(min(1.0, square))):.3f}")
    return int(metres.to_integral_value(ROUND_HALF_UP))


def _degrees(value: object, most: int) -> str | None:
    if not isinstance(value, str) or not _DEGREES.match(value) or abs(Decimal(value)) > most:
        return None
    settled = Decimal(value).quantize(_PLACES, ROUND_HALF_UP)
    return format(settled or Decimal("0.000000"), "f")


def _rest(rest: dict[str, object], field: Field) -> Problem | None:
    """Check what may come with a place, and settle the moment; return what is wrong."""
    accuracy, address, at = rest.get("accuracy"), rest.get("address"), rest.get("at")
    if accuracy is not None and not (isinstance(accuracy, str) and _METRES.match(accuracy)):
        return malformed(accuracy, "以文本书写的米数", "metres as text").under("/accuracy")
    if address is not None and not (isinstance(address, str) and len(address) <= 500):
        return malformed(address, "500 字以内的地址", "an address of at most 500 characters").under("/address")
    if isinstance(address, str) and (wrong := unstorable(address)):
        return wrong.under("/address")
    if at is not None:
        moment = DatetimeType().coerce(at, field)
        if not isinstance(moment, datetime):
            return malformed(at, "带时区的时刻", "a moment with its offset").under("/at")
        rest["at"] = DatetimeType().to_json(moment)
    return None
