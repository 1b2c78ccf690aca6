import pytest

from engine.errors import Conflict, NotFound, Stale
from engine.storage.accounts import Accounts
from engine.storage.database import Database
from tests.unit.storage.shop import NOW


def test_an_account_is_found_by_id_and_by_log_in(database: Database) -> None:
    with database.writing() as tx:
        accounts = Accounts(tx)
        added = accounts.add("ann", "Ann", "hash", now=NOW, is_admin=True)

        assert accounts.get(added.id) == accounts.by_login("ann") == added
        assert accounts.all([added.id]) == accounts.all() == (added,)
        assert accounts.by_login("bob") is None


def test_a_log_in_is_given_once(database: Database) -> None:
    with database.writing() as tx:
        Accounts(tx).add("ann", "Ann", "", now=NOW)

    with pytest.raises(Conflict) as refusal, database.writing() as tx:
        Accounts(tx).add("ann", "Other", "", now=NOW)

    assert (refusal.value.code, refusal.value.params) == ("login_taken", {"login": "ann"})


def test_a_change_needs_the_current_version(database: Database) -> None:
    with database.writing() as tx:
        accounts = Accounts(tx)
        ann = accounts.add("ann", "Ann", "", now=NOW)

        assert accounts.change(ann.id, 1, {"active": False, "name": "Anna"}) == 2
        with pytest.raises(Stale):
            accounts.change(ann.id, 1, {"name": "Late"})
        with pytest.raises(NotFound):
            accounts.change("nobody", 1, {"name": "x"})


def test_roles_are_held_by_active_people(database: Database) -> None:
    with database.writing() as tx:
        accounts = Accounts(tx)
        bob, ann = (accounts.add(login, login, "", now=NOW, is_admin=login == "ann") for login in ("bob", "ann"))
        for person in (bob, ann):
            accounts.set_roles(person.id, ["shop.clerk", "shop.clerk"])
        accounts.set_roles(bob.id, ["shop.clerk", "shop.driver"])

        assert accounts.roles_of(bob.id) == {"shop.clerk", "shop.driver"}
        assert accounts.users_of_role("shop.clerk") == (ann.id, bob.id)
        assert accounts.roles()[ann.id] == {"shop.clerk"}
        assert accounts.admins() == (ann.id,)
        accounts.change(ann.id, 1, {"active": False})
        assert accounts.users_of_role("shop.clerk") == (bob.id,)


def test_departments_make_a_tree(database: Database) -> None:
    with database.writing() as tx:
        accounts = Accounts(tx)
        top = accounts.add_department("1", "Top")
        middle = accounts.add_department("2", "Middle", parent_id=top.id)
        low = accounts.add_department("3", "Low", parent_id=middle.id, position=-1)

        assert accounts.departments() == (low, top, middle)
        assert accounts.chain(low.id) == (low, middle, top)
        assert set(accounts.below(middle.id)) == {middle.id, low.id}
        assert accounts.chain(None) == ()
        assert accounts.department(top.id) == top
        assert accounts.change_department(top.id, 1, {"head_id": "ann"}) == 2


def test_a_department_code_is_given_once(database: Database) -> None:
    with database.writing() as tx:
        Accounts(tx).add_department("1", "Top")

    with pytest.raises(Conflict) as refusal, database.writing() as tx:
        Accounts(tx).add_department("1", "Other")

    assert refusal.value.code == "department_code_taken"
