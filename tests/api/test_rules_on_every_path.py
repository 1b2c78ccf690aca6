"""What a rule says holds on every path by which a record is written: the same refusals at the same places, the same values."""

import pytest

from tests.api.gate import cases
from tests.api.gate_ways import WAYS, Way
from tests.api.office import Office


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.name)
def test_every_violation_comes_to_the_same_on_every_path(gate: Office, way: Way):
    met = [case for case in cases() if way.meets(case)]

    found = way.run(gate, met, way.name)

    others = [(one.violation, found[one.violation]) for one in met if found[one.violation] != way.expected(one)]
    assert met
    assert others == []


def test_every_exception_of_a_path_says_why():
    told = [one for case in cases() for one in case.paths.values()]

    silent = [one for one in told if not (one.get("why") or one.get("cannot"))]

    assert silent == []
