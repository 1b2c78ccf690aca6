"""Whatever the documents hold, checking them answers with findings and never with an exception."""

from collections.abc import Iterator
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.definition import Configuration, check_documents, compile_documents
from engine.problems import LANGUAGES, describe
from tests.unit.definition.shop import DOCUMENTS, documents
from tests.unit.definition.strategies import ANYTHING


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, member in members:
        yield (*path, key)
        yield from places(member, (*path, key))


PLACES = list(places(DOCUMENTS))
WORDS = st.sampled_from(["", "x", "total", "order", "item", "admin", "a.b", "MEASURE('held')", "lines", "1.5"])
NEW = WORDS | ANYTHING | st.sampled_from([DOCUMENTS[path] for path in sorted(DOCUMENTS)])


@settings(max_examples=40, deadline=None)
@given(changes=st.lists(st.tuples(st.sampled_from(PLACES), NEW, st.booleans()), min_size=1, max_size=3))
def test_no_change_of_a_document_raises(changes: list[tuple[tuple[Any, ...], object, bool]]):
    changed = documents()
    for path, value, removes in changes:
        change(changed, path, value, removes=removes)

    found = check_documents(changed)

    assert all(describe(one, language).text for one in found for language in LANGUAGES)
    assert isinstance(compile_documents(changed), Configuration) == (not found)


def change(changed: Any, path: tuple[Any, ...], value: object, *, removes: bool) -> None:
    """Put a value at a place, or remove what is there; a place that an earlier change took away is left alone."""
    holder = changed
    for key in path[:-1]:
        if not (isinstance(holder, dict) and key in holder) and not _is_place(holder, key):
            return
        holder = holder[key]
    if isinstance(holder, dict) and removes:
        holder.pop(path[-1], None)
    elif isinstance(holder, dict) or _is_place(holder, path[-1]):
        holder[path[-1]] = value


def _is_place(holder: Any, key: object) -> bool:
    """Whether a list has the place; where an object became a list, a name is none."""
    return isinstance(holder, list) and isinstance(key, int) and key < len(holder)
