"""Marks on figures: what is raised of a measure at the places that somebody looks at.

An alert tells a figure of everything. So it is shown to whoever reads everything that the measure counts, and to others only on a
figure that is the very same.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from engine.definition.limit import parts_of
from engine.definition.model import Measure
from engine.definition.rows import source_parts
from engine.projection.texts import in_language
from engine.services.figure_groups import Keys
from engine.services.work import Work
from engine.storage.limits import Alert, Alerts, measure_key
from engine.storage.totals import to_text

Marks = list[dict[str, Any]]


class Marked:
    """What is raised of one measure; nothing is asked where it has no limits."""

    def __init__(self, work: Work, measure: Measure, where: Mapping[str, object]) -> None:
        self._work = work
        self._measure = measure
        self._where = {name: to_text(value) for name, value in where.items()}
        raised = Alerts(work.tx).of(measure_key(measure)) if measure.limits else ()
        self._raised = [one for one in raised if self._where.items() <= one.at.items()]
        self._sees_all = bool(self._raised) and _sees_all(work, measure)

    def whole(self, value: Decimal | None) -> Marks:
        """Return what is raised anywhere within what was asked for; `value` is the figure of that."""
        return [self._shown(one) for one in self._raised if self._sees_all or self._is(one, self._where, value)]

    def at(self, names: Sequence[str], keys: Keys, value: Decimal | None) -> Marks:
        """Return what is raised at one group."""
        place = self._where | {name: to_text(key) for name, key in zip(names, keys, strict=True)}
        here = [one for one in self._raised if one.at == place]
        return [self._shown(one) for one in here if self._sees_all or self._is(one, place, value)]

    def _is(self, alert: Alert, place: Mapping[str, str | None], value: Decimal | None) -> bool:
        return alert.at == place and value is not None and value == Decimal(alert.value)

    def _shown(self, alert: Alert) -> dict[str, Any]:
        name = alert.limit_key.rpartition("/")[2]
        limit = next((one for one in self._measure.limits if one.id == name), None)
        return {
            "limit": limit.name if limit else name,
            "severity": limit.severity if limit else "warn",
            "text": in_language(alert.text, self._work.ctx.language),
            "since": alert.raised_at.isoformat(),
        }


def _sees_all(work: Work, measure: Measure) -> bool:
    known = work.configuration.measures
    formulas = {key: one.formula.measures for key, one in known.items() if one.formula is not None}
    sources = {source_parts(known[key].source)[0] for key in parts_of(measure.key, formulas) if known[key].source}
    return all(
        any(scope.kind == "all" for scope in work.scopes("read", work.entity(source), shared=False))
        for source in sources
    )
