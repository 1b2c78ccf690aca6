"""Asking limits: soon after what they count was written, once a day, and after each publication.

What is asked is what is committed, so no two writers can cross a limit together unseen. A limit is asked, raised, told and cleared in
one transaction that holds its key: whoever is killed has done nothing, and nobody is told twice.
"""

import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from engine.definition import values as record_values
from engine.definition.model import Dimension, Limit, Measure
from engine.errors import Busy, FormworkError
from engine.expressions import Environment, ExpressionError, evaluate
from engine.expressions.arithmetic import plain
from engine.services.automations.timers import system_work
from engine.services.evaluation import environment
from engine.services.figure_groups import Keys, figures_of
from engine.services.figure_rows import named
from engine.services.installation import Installation
from engine.services.limits.telling import tell
from engine.services.work import Work
from engine.storage import chores
from engine.storage.head import number_in_force
from engine.storage.identifiers import new_id
from engine.storage.limits import Alert, Alerts, add_due, limit_key, measure_key, place_of
from engine.storage.locks import lock_key

_log = logging.getLogger("formwork.limits")
Figures = Mapping[Keys, Decimal | None]


def tick(installation: Installation) -> int:
    """Ask every limit that is due and return how many there were."""
    _note_daily(installation)
    with installation.database.reading() as tx:
        keys = Alerts(tx).due()
    for key in keys:
        try:
            _one(installation, key)
        except Busy:
            return 0  # what was half done is undone, and due as before
    return len(keys)


def _note_daily(installation: Installation) -> None:
    """Once a day, and after each publication, all limits are due: time passes, and limits change."""
    now = installation.clock.now()
    with installation.database.reading() as tx:
        name = f"limits:{number_in_force(tx, writing=False)}"
        if not chores.is_due(tx, name, now):
            return
    with installation.database.writing() as tx:
        if chores.take(tx, name, now, _next_day(now, ZoneInfo(installation.settings.timezone))):
            known = system_work(installation, tx).configuration.measures.values()
            raised = {limit_key(measure, limit) for measure in known for limit in measure.limits}
            add_due(tx, sorted(raised | Alerts(tx).keys()))


def _next_day(now: datetime, zone: ZoneInfo) -> datetime:
    return datetime.combine(now.astimezone(zone).date() + timedelta(days=1), time(), zone)


def _one(installation: Installation, key: str) -> None:
    with installation.database.writing() as tx:
        lock_key(tx, f"limit {key}")
        alerts = Alerts(tx)
        if not alerts.take(key):
            return
        work = system_work(installation, tx)
        found = next(
            ((m, one) for m in work.configuration.measures.values() for one in m.limits if limit_key(m, one) == key),
            None,
        )
        try:
            with tx.savepoint():
                _settle(work, key, found, _held(work, *found) if found else {})
        except (FormworkError, ExpressionError) as error:
            # It would fail again at once; the next write or the next day asks anew.
            _log.warning("limit %s could not be asked: %s", key, error)


def _settle(
    work: Work, key: str, found: tuple[Measure, Limit] | None, held: Mapping[str, tuple[Alert, Environment]]
) -> None:
    """Raise what is new, keep the figures of what is raised still, clear the rest."""
    alerts, known = Alerts(work.tx), Alerts(work.tx).raised(key)
    new = {place: one for place, one in held.items() if place not in known}
    seen = [replace(known[place], value=one.value, text=one.text) for place, (one, _) in held.items() if place in known]
    alerts.add([one for one, _ in new.values()])
    alerts.change([one for one in seen if one != known[one.place]])
    alerts.clear([one.id for place, one in known.items() if place not in held], work.ctx.now)
    if found is not None:
        for alert, env in new.values():
            tell(work, *found, alert, env)


def _held(work: Work, measure: Measure, limit: Limit) -> dict[str, tuple[Alert, Environment]]:
    """Return where a limit holds now, by place."""
    figures = figures_of(work, measure, limit.by, {})
    groups = _together(limit, figures) if limit.asks_others else {}
    axes = [_dimension(measure, name) for name in limit.by]
    references = named(work, axes, list(figures.items()))
    found: dict[str, tuple[Alert, Environment]] = {}
    for keys, value in figures.items():
        values: dict[str, object] = dict(zip(limit.by, keys, strict=True))
        others = [other for at, other in groups.get(_group(limit, keys), {}).items() if at != keys]
        env = environment(work, references, values | {"value": value, "others": others})
        if value is not None and _holds(limit, env):
            text = record_values.filled_text(limit.message, limit.holes, env)
            place = place_of(limit.by, keys)
            alert = Alert(
                new_id(), limit_key(measure, limit), measure_key(measure), place, plain(value), text, work.ctx.now
            )
            found[place] = (alert, env)
    return found


def _holds(limit: Limit, env: Environment) -> bool:
    try:
        return evaluate(limit.when, env) is True
    except ExpressionError:
        return False


def _together(limit: Limit, figures: Figures) -> dict[Keys, dict[Keys, Decimal | None]]:
    """Return the figures that are compared with each other."""
    found: dict[Keys, dict[Keys, Decimal | None]] = {}
    for keys, value in figures.items():
        found.setdefault(_group(limit, keys), {})[keys] = value
    return found


def _group(limit: Limit, keys: Keys) -> Keys:
    return tuple(key for name, key in zip(limit.by, keys, strict=True) if name in limit.among)


def _dimension(measure: Measure, name: str) -> Dimension:
    return next(one for one in measure.dimensions if one.name == name)
