"""Published configurations, compiled once and kept: they never change."""

import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass

from engine.definition import Configuration
from engine.errors import Invalid, NotSetUp
from engine.services.compilations import compiled_once
from engine.storage.database import Transaction
from engine.storage.head import number_in_force
from engine.storage.publications import Publications
from engine.storage.record_tables import RecordTables
from engine.workflow import Program, compile_flow

KEPT = 32
"""How many publications stay in memory: the one in force, and those that running approvals are pinned to."""


@dataclass(frozen=True, slots=True)
class Published:
    """One publication, ready for use. `programs` has the approvals by the flow's qualified name."""

    number: int
    configuration: Configuration
    tables: RecordTables
    programs: Mapping[str, Program]


def build(number: int, documents: Mapping[str, object]) -> Published:
    """Return what documents compile to. Raises Invalid with every problem."""
    found = compiled_once(documents)
    compiled = found.configuration
    if compiled is None:
        raise Invalid(found.problems)
    measures = compiled.measures.values()
    tables = RecordTables(compiled.entities.values(), compiled.views.values(), measures, compiled.grants)
    return Published(number, compiled, tables, _programs(compiled))


def _programs(configuration: Configuration) -> Mapping[str, Program]:
    programs: dict[str, Program] = {}
    for key, flow in configuration.flows.items():
        program = compile_flow(flow.document, flow.conditions)
        if not isinstance(program, Program):
            raise Invalid(problem.within(f"{flow.module}/flows/{flow.name}.json") for problem in program)
        programs[key] = program
    return programs


class Configurations:
    """The publications in use, by number; safe to share between threads."""

    def __init__(self) -> None:
        self._kept: OrderedDict[int, Published] = OrderedDict()
        self._lock = threading.Lock()

    def in_force(self, tx: Transaction, *, writing: bool) -> Published:
        """Return the publication in force. Raises NotSetUp before the first one."""
        number = number_in_force(tx, writing=writing)
        if not number:
            raise NotSetUp
        return self.at(tx, number)

    def at(self, tx: Transaction, number: int) -> Published:
        """Return a publication by number. Raises NotFound."""
        with self._lock:
            if number in self._kept:
                self._kept.move_to_end(number)
                return self._kept[number]
        built = build(number, Publications(tx).get(number).documents)
        with self._lock:
            self._kept[number] = built
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return built
