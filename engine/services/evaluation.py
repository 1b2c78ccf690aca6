"""What formulas and checks see while a use case is at work: the record, the people, and the ledgers as if it had taken effect."""

from collections import ChainMap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import Any, cast

from engine.definition.model import Entity, Measure
from engine.definition.rows import places, row_environment, source_parts
from engine.definition.values import Entry, entries_to
from engine.expressions import Bounds, Environment, ExpressionError, evaluate
from engine.services.calendars import calendar
from engine.services.figure_series import asked_along
from engine.services.look_ups import LookUps
from engine.services.references import References
from engine.services.work import Work
from engine.storage.locks import lock_keys
from engine.storage.measures import Measures

Place = tuple[object, ...]
"""Where something is measured: the values of some dimensions, in their order."""
Within = tuple[tuple[str, Bounds], ...]
"""Dimensions that are not at one value: where theirs may lie."""


def environment(
    work: Work,
    references: References,
    values: Mapping[str, object],
    *,
    old: Mapping[str, object] | None = None,
    initiator: str | None = None,
) -> Environment:
    """Return what a record's expressions see; measures are added by `AsIf` where checks ask for them."""
    ctx, own = work.ctx, values.get("id")
    return Environment(
        values=values,
        old=old,
        me=ctx.actor.id,
        initiator=initiator or ctx.actor.id,
        roles=ctx.actor.roles,
        now=ctx.now,
        timezone=work.timezone,
        fetch=references,
        calendar=partial(calendar, work),
        lookup=LookUps(work, references, own if isinstance(own, str) else None),
    )


def asking(work: Work) -> Environment:
    """Return what filters and scopes see of who asks."""
    return environment(work, References(work), {})


class AsIf:
    """Measures as they would be if one document had taken effect with its present values.

    What other documents wrote counts by the measure's own stages; what this one wrote before is left out, and what it would
    write now is added. With `locking`, a figure is locked before it is read, until the transaction ends, so that two
    documents cannot both take the last of it.
    """

    def __init__(self, work: Work, entity: Entity, record_id: str | None, env: Environment, *, locking: bool) -> None:
        self._work = work
        self._entity = entity
        self._record = record_id
        self._env = env
        self._locking = locking
        self._stored = Measures(work.tx, work.tables, env)
        self._known: dict[tuple[str, tuple[tuple[str, object], ...]], Decimal | None] = {}
        self._fetched: dict[tuple[str, tuple[str, ...], Within], dict[Place, Decimal | None]] = {}
        self._added: dict[tuple[str, tuple[str, ...]], Mapping[Place, Sequence[Decimal | None]]] = {}
        self._own: dict[str, Sequence[Entry]] = {}
        self._held: set[str] = set()

    def hold(self, keys: Iterable[str]) -> None:
        """Lock figures until the transaction ends, in one order whoever asks; those held already are not asked again."""
        missing = set(keys) - self._held
        if missing:
            lock_keys(self._work.tx, missing)
            self._held |= missing

    def keys(self, measure: Measure, dimensions: Mapping[str, object]) -> list[str]:
        """Return the keys of a plain figure; where this document touches it, of all that it touches of that measure."""
        names, place, _within = _told(dimensions)
        return [_key(measure, names, one) for one in self._asked(measure, names, place)]

    def __call__(self, name: str, dimensions: Mapping[str, object]) -> Decimal | None:
        """Return a measure where its dimensions have these values; blank where one of them is blank."""
        if any(value is None for value in dimensions.values()):
            return None
        measure = self._work.configuration.measure(name, self._entity.module)
        key = (measure.key, tuple(sorted(dimensions.items())))
        if key not in self._known:
            self._known[key] = self._answer(measure, dimensions)
        return self._known[key]

    def _answer(self, measure: Measure, dimensions: Mapping[str, object]) -> Decimal | None:
        if measure.formula is not None:
            asked = asked_along(measure.along, dimensions) if measure.along else dimensions
            if asked is None:
                return None
            try:
                return _number(evaluate(measure.formula, derived(self._env, measure, asked, self)))
            except ExpressionError:
                # A share of nothing is blank, as where figures are shown: a check says itself what a blank means.
                return None
        names, place, within = _told(dimensions)
        return combined(
            measure, self._stored_at(measure, names, place, within), self._adds(measure, names, place, within)
        )

    def _stored_at(self, measure: Measure, names: tuple[str, ...], place: Place, within: Within) -> Decimal | None:
        """Return what is stored at one place of a measure; the places that this document touches are asked for at once."""
        fetched = self._fetched.setdefault((measure.key, names, within), {})
        if place not in fetched:
            asked = self._asked(measure, names, place)
            if self._locking:
                self.hold(_key(measure, names, one) for one in asked)
            found = self._stored.totals(measure, names, asked, within=dict(within), exclude_source=self._record)
            fetched.update(found)
        return fetched[place]

    def _adds(self, measure: Measure, names: tuple[str, ...], place: Place, within: Within) -> Sequence[Decimal | None]:
        """Return what this document adds at one place, within bounds of further dimensions."""
        if not within:
            return self._touched(measure, names).get(place, ())
        touched = self._touched(measure, (*names, *(name for name, _ in within)))
        bounds = [one for _, one in within]
        return [
            value
            for at, values in touched.items()
            if at[: len(names)] == place
            and all(one.hold(side) for one, side in zip(bounds, at[len(names) :], strict=True))
            for value in values
        ]

    def _asked(self, measure: Measure, names: tuple[str, ...], place: Place) -> list[Place]:
        touched = self._touched(measure, names)
        others = [one for one in touched if one != place and None not in one] if place in touched else []
        return [place, *others]

    def _touched(self, measure: Measure, names: tuple[str, ...]) -> Mapping[Place, Sequence[Decimal | None]]:
        """Return what this document adds to a measure, by the values of some dimensions."""
        key = (measure.key, names)
        if key not in self._added:
            added: dict[Place, list[Decimal | None]] = {}
            for env in self._rows(measure):
                if measure.where is None or evaluate(measure.where, env) is True:
                    place = tuple(_dimension(measure, name, env) for name in names)
                    added.setdefault(place, []).append(
                        _number(evaluate(measure.value, env)) if measure.value else Decimal(1)
                    )
            self._added[key] = added
        return self._added[key]

    def _rows(self, measure: Measure) -> Iterable[Environment]:
        """Return what this document adds to the source of a measure: its entries, its rows, or itself."""
        source, table = source_parts(measure.source)
        if source == self._entity.key:
            if not table:
                return [self._env]
            return [row_environment(self._env, place, current=True) for place in places(self._env.values, table)]
        if source not in self._own:
            self._own[source] = entries_to(self._entity, source, self._env.values, self._env)
        written: dict[str, object] = {
            "stage": "effective",
            "entry_kind": "original",
            "source_entity": self._entity.key,
            "source_id": self._record,
        }
        return [
            replace(
                self._env,
                values=ChainMap(written | {"posting": entry.posting}, cast("dict[str, object]", entry.values)),
                row=None,
                rows_as=None,
            )
            for entry in self._own[source]
        ]


def derived(env: Environment, measure: Measure, dimensions: Mapping[str, object], port: Any) -> Environment:
    """Return what the formula of a derived measure sees: its dimensions as names, and other measures along the same ones."""

    def passed_on(name: str, given: Mapping[str, object]) -> Decimal | None:
        answer: Decimal | None = port(name, {**dimensions, **given})
        return answer

    plain = {name: None if isinstance(value, Bounds) else value for name, value in dimensions.items()}
    return replace(env, values=plain, row=None, rows_as=None, measure=passed_on)


def combined(measure: Measure, stored: Decimal | None, added: Iterable[Decimal | None]) -> Decimal | None:
    """Return a stored figure together with what is added to it. Averages and spreads stay the stored ones."""
    counted = [value for value in added if value is not None]
    present = [stored, *counted] if stored is not None else counted
    match measure.aggregate:
        case "count":
            return (stored or Decimal(0)) + len(counted)
        case "min":
            return min(present, default=None)
        case "max":
            return max(present, default=None)
        case "sum":
            return sum(present, Decimal(0))
    return stored


def _told(dimensions: Mapping[str, object]) -> tuple[tuple[str, ...], Place, Within]:
    """Return the dimensions at a value, their values, and those within bounds: each in one order, whoever asks.

    A figure is locked by the first alone, so that whoever asks for another stretch of the same waits as well.
    """
    within = tuple((name, value) for name, value in sorted(dimensions.items()) if isinstance(value, Bounds))
    names = tuple(sorted(name for name, value in dimensions.items() if not isinstance(value, Bounds)))
    return names, tuple(dimensions[name] for name in names), within


def _key(measure: Measure, names: tuple[str, ...], place: Place) -> str:
    return f"{measure.key}|{list(zip(names, place, strict=True))}"


def _dimension(measure: Measure, name: str, env: Environment) -> object:
    found = next(one for one in measure.dimensions if one.name == name)
    value = evaluate(found.value, env)
    plain = value.get("id") if isinstance(value, Mapping) else value
    return tuple(plain) if isinstance(plain, list) else plain


def _number(value: object) -> Decimal | None:
    return value if isinstance(value, Decimal) else None
