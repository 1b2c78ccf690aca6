"""Files of records in a store that speaks S3, and what is told of contents that nobody holds or that are not there."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from engine.adapters.file_stores import file_store
from engine.adapters.files import place_of
from engine.services import file_care
from engine.settings import Settings
from tests.api.office import Office
from tests.api.sheets import imported, xlsx
from tests.api.shop import ITEM, ORDER, an_order
from tests.api.test_files import PDF, paper
from tests.s3_store import bare_client, s3_server, s3_settings

A_DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with s3_server() as address:
        yield address


def keep_in(office: Office, settings: Settings) -> Office:
    office.installation = replace(office.installation, files=file_store(settings))
    office.app.extensions["formwork"] = office.installation
    return office


def test_a_file_in_s3_is_for_those_who_may_see_its_record(small_office: Office, server: str):
    office = keep_in(small_office, s3_settings(server))
    kept = paper(office)
    office["anna"].create(ORDER, **an_order(office, papers=[kept]))

    replies = {login: office[login].get(f"/files/{kept['id']}") for login in ("anna", "lee", "bert")}

    assert {login: reply.status for login, reply in replies.items()} == {"anna": 200, "lee": 200, "bert": 404}
    assert replies["lee"].body == PDF
    assert replies["lee"].headers["Content-Length"] == str(len(PDF))


def test_imports_go_through_s3(small_office: Office, server: str):
    office = keep_in(small_office, s3_settings(server))

    job = imported(office, "kim", ITEM, xlsx([["编码 *", "名称"], ["Z1", "Washer"]]))

    assert (job["state"], job["result"]["created"]) == ("done", 1)


def test_a_store_that_is_away_is_told_without_its_address(small_office: Office, server: str):
    kept = paper(keep_in(small_office, s3_settings(server)))
    office = keep_in(small_office, s3_settings(server, s3_endpoint="http://127.0.0.1:9"))

    sent = office["anna"].upload("a.pdf", PDF, ORDER, "papers")
    got = office["anna"].get(f"/files/{kept['id']}")

    assert [(reply.status, reply.code) for reply in (sent, got)] == [(503, "file_store_away")] * 2
    assert "127.0.0.1" not in f"{sent.body}{got.body}"


def test_verify_tells_what_is_missing_changed_and_left_over_and_sweep_removes_the_last(office: Office, server: str):
    settings = s3_settings(server)
    keep_in(office, settings)
    for letter in (b"a", b"b", b"c"):
        paper(office, content=PDF + letter)
    gone, spoilt, good, loose = (
        office.installation.files.save(iter([content]), 100)[0]
        for content in (PDF + b"a", PDF + b"b", PDF + b"c", b"of a transaction that was rolled back")
    )
    bare_client(server).delete_object(Bucket=settings.s3_bucket, Key=place_of(gone))
    bare_client(server).put_object(Bucket=settings.s3_bucket, Key=place_of(spoilt), Body=PDF + b"x")

    def verified(*, content: bool) -> set[tuple[str, str]]:
        found = file_care.verify(office.installation, content=content, grace=A_DAY)
        return {(one.kind, one.digest) for one in found}

    young = verified(content=False)
    office.clock.moment += timedelta(days=10_000)
    quick, thorough = verified(content=False), verified(content=True)
    swept = [one.digest for one in file_care.sweep(office.installation, A_DAY)]

    assert young == {("missing", gone)}
    assert quick == {("missing", gone), ("orphaned", loose)}
    assert thorough == quick | {("changed", spoilt)}
    assert (swept, verified(content=True)) == ([loose], thorough - {("orphaned", loose)})
    assert [one.digest for one in office.installation.files.kept(good)] == [good]
