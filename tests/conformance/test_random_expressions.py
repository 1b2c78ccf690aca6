"""Random expressions over random records: Python, the browser's TypeScript, SQLite and PostgreSQL answer alike."""

import pytest

from engine.expressions.functions import FUNCTIONS
from tests.conformance.random_expressions import EXPRESSIONS, SEEDS
from tests.conformance.random_expressions.agreement import compare


@pytest.mark.parametrize("seed", SEEDS)
def test_four_places_agree_about_random_expressions(seed: int, sqlite_url: str, postgres_url: str) -> None:
    report = compare(seed, EXPRESSIONS, [sqlite_url, postgres_url])

    assert [str(one) for one in report.disagreements] == []
    assert report.counts["expressions"] >= 1_000
    assert report.counts["in SQL"] >= 300
    assert len(report.functions) >= len(FUNCTIONS) - 12
