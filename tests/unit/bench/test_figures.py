import pytest

from bench._figures import Figures, percentile, table
from bench._statements import Statement, Written, uses_index

TABLE = "r_shop__order"


@pytest.mark.parametrize(("percent", "value"), [(50, 2), (75, 3), (95, 4), (1, 1)])
def test_a_percentile_is_a_value_that_was_measured(percent: int, value: int) -> None:
    assert percentile([4, 1, 3, 2], percent) == value


def test_an_aim_is_met_only_in_all_its_parts() -> None:
    quick = {"request": [0.010], "service": [0.008], "raw": [0.002], "statements": [6]}

    met = [
        Figures("list", most=most, times=times, plus=0.005, **quick).met() for most, times in ((6, 3), (5, 3), (6, 2))
    ]

    assert met == [True, False, False]
    assert Figures("list", **quick).met() is None


def test_a_table_says_what_was_measured_in_milliseconds() -> None:
    figures = Figures("read", most=8, request=[0.004, 0.006], service=[0.003], raw=[0.002], statements=[7, 8])

    line = table("SQLite", [figures])[-1]

    assert line == "| read | SQLite | 4.0 | 6.0 | 3.0 | 2.0 | 2.0 | 7-8 | <= 8 statements | yes |"


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (f"SEARCH {TABLE} USING INDEX ix_{TABLE}_machine_1 (machine=?)", True),
        (f"SCAN {TABLE} USING INDEX ix_{TABLE}_due_1", True),
        (f"SCAN {TABLE}", False),
        (f"->  Index Scan using ix_{TABLE}_due_1 on {TABLE}  (cost=0.42..9.1)", True),
        (f"->  Seq Scan on {TABLE}  (cost=0.00..9.1)", False),
        (f"SCAN {TABLE}__lines USING INDEX ix_{TABLE}__lines_1", False),
    ],
)
def test_a_plan_tells_whether_an_index_leads_to_a_table(line: str, *, found: bool) -> None:
    assert uses_index([line, "SCAN other"], TABLE) is found


def test_the_frame_of_a_transaction_is_no_statement() -> None:
    written = Written([Statement("BEGIN IMMEDIATE"), Statement("SELECT 1"), Statement("")])

    assert written.count == 1
