"""Files of records for the tests: written, sent, checked and imported."""

import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

import python_calamine
import xlsxwriter

from engine.app import JOB_KINDS
from engine.services.jobs import run_due
from tests.api.office import Office, Person, Reply

Rows = Sequence[Sequence[object]]


def xlsx(*sheets: Rows, names: Sequence[str] = ()) -> bytes:
    """Return a workbook with the cells as they are given: text, numbers, days, truth values."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for number, rows in enumerate(sheets):
        sheet = book.add_worksheet(names[number] if number < len(names) else f"Sheet{number + 1}")
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if hasattr(cell, "year"):
                    sheet.write_datetime(row, column, cell, day)
                elif cell is not None:
                    sheet.write(row, column, cell)
    book.close()
    return target.getvalue()


def read_xlsx(content: bytes) -> dict[str, list[list[Any]]]:
    """Return every visible sheet as rows of cells."""
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names if not name.startswith("_")}


def send(person: Person, entity: str, content: bytes, name: str = "records.xlsx") -> Reply:
    """Send a file."""
    body = {"file": (io.BytesIO(content), name)}
    return person.send("POST", f"/imports/{entity}/files", data=body, content_type="multipart/form-data")


def sent(person: Person, entity: str, content: bytes, name: str = "records.xlsx") -> dict[str, Any]:
    """Send a file and return what it offers."""
    reply = send(person, entity, content, name)
    assert reply.status == 201, reply
    return dict(reply.body)


def chosen(offer: Mapping[str, Any], **how: object) -> dict[str, Any]:
    """Return the choices that take the proposal of every sheet that has one."""
    sheets = [
        {name: one[name] for name in ("sheet", "header", "table", "columns")}
        for one in offer["sheets"]
        if any(column["field"] for column in one["columns"])
    ]
    return {"file": offer["file"], "sheets": sheets, **how}


def worked(office: Office) -> None:
    """Do all work that waits."""
    while run_due(office.installation, JOB_KINDS):
        pass


def finished(office: Office, person: Person, reply: Reply) -> dict[str, Any]:
    """Do the work that was asked for and return the job with its rows."""
    assert reply.status == 202, reply
    worked(office)
    job = person.get(f"/jobs/{reply.body['id']}").body
    rows = person.get(f"/jobs/{reply.body['id']}/rows", limit=200).body["items"]
    return {**job, "rows": rows}


def imported(
    office: Office, login: str, entity: str, content: bytes, name: str = "a.xlsx", **how: object
) -> dict[str, Any]:
    """Send and import a file and return the finished job."""
    person = office[login]
    offer = sent(person, entity, content, name)
    return finished(office, person, person.post(f"/imports/{entity}/runs", chosen(offer, **how)))


def checked(
    office: Office, login: str, entity: str, content: bytes, name: str = "a.xlsx", **how: object
) -> dict[str, Any]:
    """Send and check a file and return the finished job."""
    person = office[login]
    offer = sent(person, entity, content, name)
    return finished(office, person, person.post(f"/imports/{entity}/checks", chosen(offer, **how)))


def found(job: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Return cell, value and code of every finding of a job."""
    return [(one["cell"], one["value"], one["code"]) for row in job["rows"] for one in row["findings"]]


def errors_of(person: Person, entity: str, job: Mapping[str, Any]) -> bytes:
    """Return the workbook of refused rows."""
    reply = person.get(f"/imports/{entity}/jobs/{job['id']}/errors")
    assert reply.status == 200, json.dumps(str(reply.body))
    return bytes(reply.body)
