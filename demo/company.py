"""The demo company: made once in an installation, and shown by its log-ins ever after."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from demo.events import HERE
from demo.generation import MONTHS, SEED, generate
from demo.ids import SeededIds
from demo.months import Months
from demo.people import DEPARTMENTS, PASSWORD, Account, accounts, log_ins
from demo.writer import Writer
from engine.services.context import Actor
from engine.services.installation import Installation
from engine.storage.accounts import Accounts
from engine.storage.audit import AuditLog
from engine.storage.database import Transaction
from engine.storage.identifiers import ids_from
from engine.storage.outbox import Outbox

MADE = "demo_made"
"""What the audit says when the story is told to its end."""


def create(installation: Installation, *, seed: int = SEED, today: date | None = None) -> Iterator[str]:
    """Make the company if it is not there yet, yielding a line for each month, and tell how to sign in.

    `today` is the day on which the story stands, the present one unless given. The same seed and day make the same records.
    """
    with installation.database.reading() as tx:
        begun = Accounts(tx).by_login("chairman") is not None
        made = bool(AuditLog(tx).recent(kind=MADE, limit=1))
    if begun and not made:
        yield "演示数据未写完，请用新的数据库重来 / the demo company was left half-made: start again with a fresh database"
        return
    if not made:
        day = today or installation.clock.now().astimezone(ZoneInfo(installation.settings.timezone)).date()
        yield from _make(installation, seed, day)
    yield from log_ins()


def _make(installation: Installation, seed: int, today: date) -> Iterator[str]:
    ids = SeededIds(seed)
    start = datetime.combine(Months(today, MONTHS).first(-1), time(8), HERE)
    people = people_of(installation, ids, start)
    yield f"演示公司 demo company: {len(people)} people"
    for month in Writer(installation, people, ids).write(generate(seed, today)):
        yield f"  {month}"
    with installation.database.writing() as tx:
        _settle(tx, datetime.combine(today - timedelta(days=1), time(23), HERE))


def people_of(installation: Installation, ids: SeededIds, now: datetime) -> dict[str, Actor]:
    """Add departments and accounts and return everybody by log-in name."""
    ids.at(now)
    with ids_from(ids), installation.database.writing() as tx:
        return _people(tx, installation, now)


def _people(tx: Transaction, installation: Installation, now: datetime) -> dict[str, Actor]:
    """An administrator who is there stays as is."""
    store = Accounts(tx)
    departments: dict[str, str] = {}
    for one in DEPARTMENTS:
        departments[one.code] = store.add_department(one.code, one.name, parent_id=departments.get(one.parent)).id
    hashed = installation.hasher.hash(PASSWORD)
    people = {one.login: _person(store, one, departments[one.department], hashed, now) for one in accounts()}
    for one in DEPARTMENTS:
        store.change_department(departments[one.code], 1, {"head_id": people[one.head].id})
    return people


def _person(store: Accounts, one: Account, department: str, hashed: str, now: datetime) -> Actor:
    is_admin, roles = one.login == "admin", [f"organisation.{one.role}"] if one.role else []
    account = store.by_login(one.login) or store.add(
        one.login, one.name, hashed, now=now, department_id=department, is_admin=is_admin
    )
    store.set_roles(account.id, roles)
    return Actor(
        account.id, account.name, account.login, account.language, is_admin, account.department_id, frozenset(roles)
    )


def _settle(tx: Transaction, now: datetime) -> None:
    """Nobody is written to about the past; then the story is done."""
    outbox = Outbox(tx)
    while waiting := outbox.lease(now, limit=1000):
        outbox.done([message.id for message in waiting], now)
    AuditLog(tx).add(now, "system", "create", MADE, "company")
