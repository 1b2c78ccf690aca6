"""Scenarios: a module's tests, written as data, played through everything that a person can do."""

from engine.services.scenarios.desk import Desk, Finding, Refused, Sight, Waiting
from engine.services.scenarios.outcomes import Outcome, report
from engine.services.scenarios.play import DEFAULT_DAY, day_of, play
from engine.services.scenarios.stage import ADMIN, ENTRY_WORD, documents_of, set_stage

__all__ = [
    "ADMIN",
    "DEFAULT_DAY",
    "ENTRY_WORD",
    "Desk",
    "Finding",
    "Outcome",
    "Refused",
    "Sight",
    "Waiting",
    "day_of",
    "documents_of",
    "play",
    "report",
    "set_stage",
]
