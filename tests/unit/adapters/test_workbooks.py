"""Files that anybody may have sent: what can be read is read, and everything else is refused by name."""

import io
import zipfile
from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.adapters.workbooks import FileWorkbooks
from engine.errors import Invalid
from engine.services.workbooks import Broken, Cell, Format, Link, SheetColumn, Written
from tests.api.sheets import xlsx

BOOKS = FileWorkbooks()
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=20)


def read(content: bytes, name: str = "a.xlsx", sheet: int = 0) -> list[list[Cell]]:
    return [list(row) for row in BOOKS.open(io.BytesIO(content), name).rows(sheet)]


def refusal(content: bytes, name: str = "a.xlsx") -> str:
    with pytest.raises(Invalid) as caught:
        read(content, name)
    return caught.value.problems[0].code


def written(kind: Format, columns: list[SheetColumn], *rows: list[Written]) -> bytes:
    target = io.BytesIO()
    writer = BOOKS.create(target, kind)
    sheet = writer.sheet("Sheet", columns)
    for row in rows:
        writer.row(sheet, row)
    writer.close()
    return target.getvalue()


def repacked(content: bytes, part: str, change: bytes, to: bytes) -> bytes:
    """Return a package in which one part says something else."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.infolist():
            data = old.read(one)
            new.writestr(one.filename, data.replace(change, to) if one.filename == part else data)
    return target.getvalue()


def test_cells_keep_their_place_and_their_kind():
    content = xlsx([[], [None, "x", 1, 0.1 + 0.2, True, date(2026, 3, 2)], [None, None, "y"]])

    rows = read(content)

    assert rows[0] == [None] * 6
    assert rows[1] == [None, "x", Decimal(1), Decimal("0.3"), True, date(2026, 3, 2)]
    assert rows[2][2] == "y"


def test_merged_cells_all_say_what_the_first_one_says():
    import xlsxwriter

    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.merge_range(0, 0, 2, 0, "all")
    sheet.write(0, 1, "a")
    sheet.write(2, 1, "b")
    book.close()

    assert read(target.getvalue()) == [["all", "a"], ["all", None], ["all", "b"]]


def test_cells_in_error_and_formulas_without_value_say_so():
    import xlsxwriter

    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write(0, 0, "x")
    sheet.write_formula(1, 0, "=1/0", None, "#DIV/0!")
    sheet.write_formula(2, 0, "=1+1", None, 2)
    sheet.write_formula(3, 0, "=1+1", None, "")
    sheet.write(4, 0, "end")
    book.close()

    assert [row[0] for row in read(target.getvalue())] == ["x", Broken("#DIV/0!"), Decimal(2), Broken("="), "end"]


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "a.xlsx", "not_a_workbook"),
        (b"%PDF-1.7", "a.xlsx", "not_a_workbook"),
        (b"PK\x03\x04 cut off", "a.xlsx", "workbook_damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "a.xls", "workbook_is_old"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", "workbook_locked"),
        (b"\xff\xff\xff\xff", "a.csv", "encoding_unknown"),
        (b"a,b\x00c", "a.csv", "encoding_unknown"),
        (b"a," + b"x" * 200_000, "a.csv", "csv_malformed"),
        (b"a\n" * 200_001, "a.csv", "sheet_too_large"),
        (b"," * 2000, "a.csv", "sheet_too_large"),
    ],
)
def test_what_is_no_table_is_refused_by_name(content: bytes, name: str, code: str):
    assert refusal(content, name) == code


def test_a_package_that_is_no_workbook_is_refused():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        package.writestr("word/document.xml", "<w/>")

    assert refusal(target.getvalue()) == "not_a_workbook"


def test_a_cell_at_the_far_corner_does_not_make_billions():
    content = repacked(xlsx([["a", "b"], ["c", "d"]]), "xl/worksheets/sheet1.xml", b'r="B2"', b'r="XFD1048576"')

    assert refusal(content) == "sheet_too_large"


def test_a_million_empty_rows_are_nothing():
    rows = b"".join(b'<row r="%d"><c r="A%d" s="1"/></row>' % (number, number) for number in range(3, 1_000_003))
    content = repacked(xlsx([["a"], ["b"]]), "xl/worksheets/sheet1.xml", b"</sheetData>", rows + b"</sheetData>")

    assert read(content) == [["a"], ["b"]]


def test_a_package_that_unpacks_to_too_much_is_refused():
    target = io.BytesIO(xlsx([["a"]]))
    with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as package, package.open("xl/big.xml", "w") as part:
        for _ in range(401):
            part.write(b" " * 2**20)

    assert len(target.getvalue()) < 10**6
    assert refusal(target.getvalue()) == "workbook_too_large"


def test_one_long_text_meant_by_many_cells_is_refused():
    content = xlsx([["x" * 30_000, "y"], *(["y"] * 10 for _ in range(4000))])

    assert refusal(content) == "workbook_too_large"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_text_is_read_in_every_usual_encoding_and_with_every_usual_mark(encoding: str, mark: str):
    content = mark.join(("编码", '"名,称; 甲"', "")).encode(encoding) + "\r\n1".encode(
        encoding.replace("utf-16", "utf-16-le").replace("-sig", "")
    )

    assert read(content, "a.csv") == [["编码", "名,称; 甲", None], ["1"]]


@given(rows=st.lists(st.lists(TEXT, min_size=2, max_size=2), min_size=1, max_size=5))
@settings(max_examples=60)
def test_text_comes_back_the_same_from_both_kinds_and_is_no_formula(rows: list[list[str]]):
    dangerous = [[mark + cell for cell in row] for row, mark in zip(rows, ("=", "+", "-", "@", "'="), strict=False)]
    everything = [[cell.strip() and cell for cell in row] for row in (*rows, *dangerous)]
    given_rows: list[list[Written]] = [["#", *row] for row in everything]

    for kind in ("xlsx", "csv"):
        columns = [SheetColumn("no"), SheetColumn("=a"), SheetColumn("b")]
        content = written(kind, columns, *given_rows)
        back = read(content, f"a.{kind}")

        assert [[cell or "" for cell in row] for row in back[1:]] == given_rows
        assert back[0][1] == "=a"


def test_a_text_in_csv_that_could_be_a_formula_is_quoted():
    content = written("csv", [SheetColumn("a")], ["=1+1"], ["@x"], ["\tx"], ["-5"], [Decimal(-5)], ["'=x"])

    assert content.decode("utf-8-sig").splitlines() == ["a", "'=1+1", "'@x", "'\tx", "'-5", "-5", "''=x"]


def test_numbers_are_numbers_as_long_as_none_of_their_digits_is_lost():
    columns = [
        SheetColumn("n", "number", 2),
        SheetColumn("d", "date"),
        SheetColumn("m", "datetime"),
        SheetColumn("t", "time"),
    ]
    moment = datetime(2026, 3, 2, 8, 30, tzinfo=UTC).replace(tzinfo=None)
    content = written(
        "xlsx",
        columns,
        [Decimal("1234567890123.45"), date(2026, 3, 2), moment, time(8, 30)],
        [Decimal("12345678901234567.89"), date(1899, 1, 1), None, Link("a", "https://example.org/a")],
    )

    rows = read(content)

    assert rows[1] == [Decimal("1234567890123.45"), date(2026, 3, 2), moment, time(8, 30)]
    assert rows[2] == ["12345678901234567.89", "1899-01-01", None, "a"]
