"""What several grants say together about actions, records and fields."""

from collections.abc import Mapping

import pytest

from engine.definition.model import Access, Entity, Grant, ScopeKind
from engine.projection.rights import Rights

THING = Entity(id="thing", module="shop", name="thing", title={}, kind="master", display="name", fields=())
CHANGES = frozenset({"read", "update"})
READS = frozenset({"read"})


def grant(
    role: str, fields: Mapping[str, Access], scope: ScopeKind = "all", actions: frozenset[str] = CHANGES
) -> Grant:
    return Grant(role, THING.key, actions, scope, fields=fields)


def rights(*grants: Grant) -> Rights:
    return Rights(grants, frozenset(one.role for one in grants))


def test_what_each_grant_closes_is_closed_where_it_reaches():
    own, all_ = grant("maker", {}, "own"), grant("looker", {"margin": "hidden"}, actions=READS)
    both = rights(own, all_)

    here, there = both.access_by(THING.key, (own, all_)), both.access_by(THING.key, (all_,))

    assert (dict(here), dict(there)) == ({}, {"margin": "hidden"})


def test_a_field_that_is_open_on_some_records_is_shown_there_and_asked_by_nowhere():
    both = rights(grant("maker", {}, "own"), grant("looker", {"margin": "hidden"}, actions=READS))

    assert both.partly(THING) == {"margin"}
    assert dict(both.query_access(THING)) == {"margin": "hidden"}
    assert dict(both.field_access(THING)) == {}


def test_one_grant_without_bounds_opens_a_field_everywhere():
    both = rights(grant("maker", {"margin": "hidden"}, "own"), grant("chief", {}))

    assert (both.varies(THING.key), dict(both.query_access(THING))) == (False, {})


def test_rows_that_one_grant_hides_and_a_column_that_the_other_hides_leave_the_column_hidden():
    both = rights(grant("maker", {"lines": "hidden"}), grant("looker", {"lines.price": "hidden"}))

    assert dict(both.field_access(THING)) == {"lines.price": "hidden"}


@pytest.mark.parametrize(("reads", "changes", "found"), [("read", "write", {}), ("mask", "write", {"margin": "mask"})])
def test_grants_that_read_say_what_is_seen_and_grants_that_change_what_is_written(
    reads: Access, changes: Access, found: Mapping[str, Access]
):
    both = rights(
        grant("looker", {"margin": reads}, actions=READS),
        grant("maker", {"margin": changes}, actions=frozenset({"update"})),
    )

    assert dict(both.field_access(THING)) == found


def test_a_new_record_is_decided_by_the_grants_that_create():
    both = rights(grant("maker", {"margin": "read"}, actions=frozenset({"create"})), grant("chief", {}))

    assert dict(both.new_access(THING)) == {"margin": "read"}


def test_whoever_reads_comments_until_a_grant_speaks_of_it():
    reader = grant("looker", {}, actions=READS)
    talker = grant("talker", {}, actions=frozenset({"read", "comment"}))

    silent, spoken = rights(reader), Rights((reader, talker), frozenset({"looker"}))

    assert (silent.may("comment", THING.key), spoken.may("comment", THING.key)) == (True, False)
    assert rights(reader, talker).granted("comment", THING.key) == (talker,)
