"""The demo company in an installation: made by the use cases, once, and the same from the same seed."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import takewhile
from pathlib import Path

import pytest
from sqlalchemy import select, text

from demo.company import create, people_of
from demo.events import Event, moment
from demo.generation import SEED, generate
from demo.ids import SeededIds
from demo.people import PASSWORD, accounts
from demo.writer import OutOfStory, Writer
from engine.adapters.clocks import SetClock
from engine.app import create_installation
from engine.services import setup
from engine.services.accounts import sign_in
from engine.services.configurations import Configurations
from engine.services.installation import Installation
from engine.settings import Settings
from engine.storage.database import Transaction
from engine.storage.flow_tables import instances, seats
from tests.api.stages import SQLiteCopies

TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 1, tzinfo=UTC)
DAYS = 40
"""So long goes the part of the story that is written several times."""
STATES = {"draft", "in_approval", "returned", "approved", "rejected", "withdrawn", "void"}


class Ground:
    """The modules, compiled once and published once on each kind of database; each story begins on a copy."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._compiled = Configurations()

    def prepare(self, url: str) -> None:
        with self.open(url) as installation:
            list(setup.publish_folder(installation, Path("modules"), "first"))

    @contextmanager
    def open(self, url: str) -> Iterator[Installation]:
        settings = Settings(database_url=url, files_dir=self._folder / "files")
        made = replace(create_installation(settings, clock=SetClock(NOW)), configurations=self._compiled)
        yield made
        made.database.close()


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    return Ground(tmp_path_factory.mktemp("demo"))


@pytest.fixture(scope="module")
def copies(ground: Ground, tmp_path_factory: pytest.TempPathFactory) -> SQLiteCopies:
    return SQLiteCopies(ground, tmp_path_factory.mktemp("published"))


@pytest.fixture
def fresh(ground: Ground, copies: SQLiteCopies) -> Iterator[Installation]:
    """The modules published, and nothing else."""
    with copies.copy() as url, ground.open(url) as installation:
        yield installation


@pytest.fixture(scope="module")
def company(ground: Ground, copies: SQLiteCopies) -> Iterator[tuple[Installation, list[str]]]:
    with copies.copy() as url, ground.open(url) as installation:
        yield installation, list(create(installation))


@pytest.fixture(scope="module")
def begun(ground: Ground, copies: SQLiteCopies) -> Iterator[Installation]:
    """The first days of the story, which nobody goes on with."""
    with copies.copy() as url, ground.open(url) as installation:
        _begin(installation, DAYS)
        yield installation


def test_it_tells_how_to_sign_in(company: tuple[Installation, list[str]]):
    installation, lines = company

    person = sign_in(installation, "clerk", PASSWORD)

    assert person.roles == {"organisation.clerk"}
    assert any(PASSWORD in line for line in lines)


def test_a_second_time_only_the_log_ins_are_told(company: tuple[Installation, list[str]]):
    installation, lines = company
    before = _count(installation, "audit_entry")

    again = list(create(installation))

    assert lines[-len(again) :] == again
    assert _count(installation, "audit_entry") == before


def test_day_sheets_are_in_every_state(company: tuple[Installation, list[str]]):
    installation, _ = company

    with installation.database.reading() as tx:
        found = set(tx.connection.scalars(text("SELECT DISTINCT _status FROM r_day_labour__day_sheet")))

    assert found == STATES
    assert _count(installation, "r_day_labour__day_sheet__lines") >= 5000


def test_somebody_is_waited_for_at_every_step_of_every_flow(company: tuple[Installation, list[str]]):
    installation, _ = company
    with installation.database.reading() as tx:
        programs = installation.configurations.in_force(tx, writing=False).programs
        waiting = {
            tuple(row)
            for row in tx.connection.execute(
                select(instances.c.flow, seats.c.node)
                .join(seats, seats.c.instance_id == instances.c.id)
                .where(seats.c.status == "pending")
            )
        }

    steps = {
        (flow, name)
        for flow, program in programs.items()
        for name, node in program.nodes.items()
        if node.kind == "approve"
    }

    assert steps - waiting == set()


def test_two_projects_are_past_a_line_of_their_budget(company: tuple[Installation, list[str]]):
    installation, _ = company

    usage = _usage(installation)

    assert 0.6 < usage["P01"] < 0.8 < usage["P02"] < 0.9 < usage["P03"] < 1


def test_nobody_is_written_to_about_the_past(company: tuple[Installation, list[str]]):
    installation, _ = company

    with installation.database.reading() as tx:
        waiting = tx.connection.scalar(text("SELECT count(*) FROM outbox_message WHERE done_at IS NULL"))

    assert waiting == 0


def test_the_same_seed_and_date_write_the_same_records(begun: Installation, fresh: Installation):
    _begin(fresh, DAYS)

    assert _dump(fresh) == _dump(begun)
    assert "r_day_labour__day_sheet__lines" in _dump(fresh)


def test_the_beginning_can_be_written_on_the_other_database_too(
    begun: Installation, ground: Ground, fresh_postgres_url: str
):
    tables = (
        "r_day_labour__worker",
        "r_cost_centre__entry",
        "r_day_labour__day_sheet__lines",
        "wf_seat",
        "audit_entry",
    )
    ground.prepare(fresh_postgres_url)
    with ground.open(fresh_postgres_url) as installation:
        _begin(installation, DAYS)

        counts = [_count(installation, table) for table in tables]

    assert counts == [_count(begun, table) for table in tables]
    assert counts[0] == 200
    assert counts[1] > 100


def test_a_company_left_half_made_is_not_taken_for_one(fresh: Installation):
    _begin(fresh, 1)

    lines = list(create(fresh))

    assert len(lines) == 1
    assert "half-made" in lines[0]


def test_what_the_product_refuses_stops_the_story(fresh: Installation):
    people = _begin(fresh, 0)
    odd = Event(moment(TODAY), "create", "odd", "clerk", "organisation.company", {"code": "X", "name": "Y"})

    with pytest.raises(OutOfStory, match="create odd: forbidden"):
        list(Writer(fresh, people, SeededIds(1)).write([odd]))


def test_there_is_one_account_for_everybody(company: tuple[Installation, list[str]]):
    installation, _ = company

    assert _count(installation, "account") == len(accounts())


@cache
def story() -> Sequence[Event]:
    return tuple(generate(SEED, TODAY))


def _begin(installation: Installation, days: int):
    """Write so many days of the story, from two weeks before its first month."""
    ids, events = SeededIds(SEED), story()
    people = people_of(installation, ids, events[0].at)
    end = events[0].at + timedelta(days=days)
    list(Writer(installation, people, ids).write(takewhile(lambda event: event.at < end, events)))
    return people


def _count(installation: Installation, table: str) -> int:
    with installation.database.reading() as tx:
        return int(tx.connection.scalar(text(f"SELECT count(*) FROM {table}")) or 0)


def _usage(installation: Installation) -> dict[str, float]:
    query = """
        SELECT p.code, (SELECT sum(amount) FROM r_cost_centre__entry WHERE project = p._id AND _stage <> 'released') * 1.0
            / (SELECT sum(amount) FROM r_cost_centre__budget_entry WHERE project = p._id AND _stage = 'effective')
        FROM r_organisation__project p
    """
    with installation.database.reading() as tx:
        return dict(tx.connection.execute(text(query)).all())


def _dump(installation: Installation) -> str:
    """Return all that the story wrote, and not the audit of what was before; only the salt of the passwords is drawn anew."""
    with installation.database.reading() as tx:
        return "\n".join(f"{table}: {row}" for table in _tables(tx) for row in _rows(tx, table))


def _tables(tx: Transaction) -> list[str]:
    found = tx.connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"))
    return [
        name
        for name in found
        if name.startswith(("r_", "wf_", "account", "department", "role_", "audit", "series", "outbox"))
    ]


def _rows(tx: Transaction, table: str) -> list[object]:
    found = [dict(row._mapping) for row in tx.connection.execute(text(f"SELECT * FROM {table}"))]
    told = [row for row in found if str(row.get("request_id", "demo")).startswith("demo")]
    rows = [{name: value for name, value in row.items() if name != "password_hash"} for row in told]
    return sorted(map(str, rows))
