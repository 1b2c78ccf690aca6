from typing import Any

from engine.services.compilations import KEPT, compiled_once
from tests.unit.storage.depot import documents

AREA = "depot/entities/area.json"


def test_the_same_documents_are_compiled_once() -> None:
    assert compiled_once(documents()) is compiled_once(documents())


def test_a_change_is_compiled_anew_and_what_was_before_stays() -> None:
    given = documents()
    before = compiled_once(given)
    given[AREA]["title"] = "place"

    after = compiled_once(given)

    assert _title(before) == "area"
    assert _title(after) == "place"


def test_changing_what_was_handed_in_changes_nothing_that_was_made_of_it() -> None:
    given = documents()
    made = compiled_once(given).configuration
    given[AREA]["title"] = "place"

    assert made is not None
    assert made.documents[AREA] == documents()[AREA]


def test_another_order_of_fields_is_another_form() -> None:
    given = documents()
    properties = given[AREA]["schema"]["properties"]
    given[AREA]["schema"]["properties"] = dict(reversed(properties.items()))

    turned = compiled_once(given).configuration

    assert turned is not None
    assert [field.name for field in turned.entities["depot.area"].fields] == [*reversed(properties)]


def test_documents_with_a_fault_are_remembered_with_their_problems() -> None:
    given = documents()
    given[AREA]["display"] = "nothing"

    found = compiled_once(given)

    assert found.configuration is None
    assert [problem.file for problem in found.problems] == [AREA]


def test_only_a_few_sets_stay() -> None:
    first = compiled_once(documents())
    for number in range(KEPT):
        compiled_once(documents() | {AREA: {**documents()[AREA], "title": f"place {number}"}})

    assert compiled_once(documents()) is not first


def _title(made: Any) -> str:
    return str(made.configuration.entities["depot.area"].title["zh-CN"])
