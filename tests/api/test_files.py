"""/files: sent once, and given to those who may see the record that holds them."""

import struct
import zlib

import pytest

from tests.api.office import Office
from tests.api.shop import ITEM, ORDER, an_order, submitted

MIB = 1024 * 1024


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


PNG = (
    b"\x89PNG\r\n\x1a\n"
    + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    + chunk(b"IDAT", zlib.compress(b"\x00\x00"))
    + chunk(b"IEND", b"")
)
PDF = b"%PDF-1.7\n%%EOF\n"
EXE = b"MZ\x90\x00" + bytes(200)


def paper(office: Office, login: str = "anna", name: str = "paper.pdf", content: bytes = PDF) -> dict[str, object]:
    reply = office[login].upload(name, content, ORDER, "papers")
    assert reply.status == 201, reply
    return reply.body


def test_a_file_is_kept_and_comes_back_as_it_was(office: Office):
    kept = paper(office, name="图纸 A.pdf")

    reply = office["anna"].get(f"/files/{kept['id']}")

    assert (kept["name"], kept["size"], kept["media_type"]) == ("图纸 A.pdf", len(PDF), "application/pdf")
    assert (reply.status, reply.body) == (200, PDF)
    assert reply.headers["Content-Type"] == "application/pdf"
    assert "filename*=UTF-8''%E5%9B%BE%E7%BA%B8%20A.pdf" in reply.headers["Content-Disposition"]
    assert reply.headers["X-Content-Type-Options"] == "nosniff"
    assert reply.headers["Content-Security-Policy"].startswith("sandbox")


def test_a_record_holds_files_and_shows_them_to_its_readers(office: Office):
    kept = paper(office)
    order = office["anna"].create(ORDER, **an_order(office, papers=[kept]))

    found = {
        login: office[login].get(f"/files/{kept['id']}").status for login in ("anna", "lee", "dora", "bert", "zoe")
    }

    assert order["values"]["papers"] == [kept]
    assert found == {"anna": 200, "lee": 200, "dora": 200, "bert": 404, "zoe": 404}


def test_a_file_of_no_record_is_for_who_sent_it(office: Office):
    kept = paper(office)

    found = {login: office[login].get(f"/files/{kept['id']}").status for login in ("anna", "bert", "lee", "admin")}

    assert found == {"anna": 200, "bert": 404, "lee": 404, "admin": 200}


def test_who_is_asked_sees_the_files_of_the_record(office: Office):
    kept = paper(office)
    order = submitted(office, **an_order(office, papers=[kept]))
    office["dora"].decide("transfer", order, to=office.ids["zoe"])

    assert office["zoe"].get(f"/files/{kept['id']}").status == 200


def test_a_file_of_somebody_else_cannot_be_taken(office: Office):
    kept = paper(office)

    stolen = office["bert"].post(f"/records/{ORDER}", {"values": an_order(office, papers=[kept])})
    made_up = office["bert"].post(
        f"/records/{ORDER}",
        {
            "values": an_order(
                office, papers=[{"id": "nothing", "name": "x", "size": 1, "media_type": "application/pdf"}]
            )
        },
    )

    assert [(reply.status, reply.problems) for reply in (stolen, made_up)] == [
        (422, [("/papers/0", "file_not_yours")])
    ] * 2


def test_what_a_client_says_about_a_file_does_not_count(office: Office):
    kept = paper(office)

    order = office["anna"].create(ORDER, **an_order(office, papers=[kept | {"name": "other.exe", "size": 1}]))

    assert order["values"]["papers"] == [kept]


def test_one_upload_sent_twice_is_kept_once_and_another_is_refused(office: Office):
    anna, key = office["anna"], {"idempotency_key": "sent"}

    first, again = (anna.upload("a.pdf", PDF, ORDER, "papers", **key) for _ in range(2))
    other = anna.upload("b.pdf", PDF + b"more", ORDER, "papers", **key)

    assert (first.status, again.body) == (201, first.body)
    assert (other.status, other.code) == (409, "idempotency_key_reused")


def test_thirty_megabytes_are_too_large(small_office: Office):
    replies = [
        small_office["anna"].upload("big.pdf", PDF + bytes(30 * MIB)),
        small_office["anna"].upload("big.pdf", PDF + bytes(30 * MIB), ORDER, "papers"),
    ]

    assert [(reply.status, reply.code) for reply in replies] == [(413, "too_large")] * 2
    assert replies[0].body["params"]["limit"] == 20 * MIB


def test_the_limit_of_the_field_holds_too(small_office: Office):
    reply = small_office["anna"].upload("big.pdf", PDF + bytes(2 * MIB), ORDER, "papers")

    assert (reply.status, reply.code, reply.body["params"]["limit"]) == (413, "too_large", MIB)
    assert "1 MB" in reply.body["title"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("program.exe", EXE),
        ("picture.png", EXE),
        ("paper.pdf", EXE),
        ("script.png", b"#!/bin/sh\nrm -rf /\n"),
        ("page.png", b"<script>alert(1)</script>"),
        ("page.html", b"<script>alert(1)</script>"),
        ("drawing.svg", b"<svg onload='alert(1)'/>"),
        ("paper.pdf", PNG),
        ("picture.png", PDF),
        ("note.txt", b"text"),
        ("paper", PDF),
        ("paper.pdf.exe", PDF),
    ],
)
def test_a_wrong_kind_is_refused_by_name_and_by_content(small_office: Office, name: str, content: bytes):
    reply = small_office["anna"].upload(name, content, ORDER, "papers")

    assert (reply.status, reply.problems) == (422, [("/file", "wrong_file_type")])


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.png", PNG, "image/png"),
        ("A.PNG", PNG, "image/png"),
        ("a.jpg", b"\xff\xd8\xff\xe0" + bytes(20), "image/jpeg"),
        ("../../etc/a.pdf", PDF, "application/pdf"),
    ],
)
def test_the_kinds_that_a_field_names_are_taken(small_office: Office, name: str, content: bytes, kind: str):
    reply = small_office["anna"].upload(name, content, ORDER, "papers")

    assert (reply.status, reply.body["media_type"]) == (201, kind)
    assert "/" not in reply.body["name"]


def test_an_image_field_takes_pictures_only(small_office: Office):
    kim = small_office["kim"]

    picture, paper_ = kim.upload("a.png", PNG, ITEM, "picture"), kim.upload("a.pdf", PDF, ITEM, "picture")

    assert (picture.status, paper_.status) == (201, 422)


def test_more_files_than_the_field_takes_are_refused(small_office: Office):
    papers = [paper(small_office, name=f"{n}.pdf") for n in range(4)]

    reply = small_office["anna"].post(f"/records/{ORDER}", {"values": an_order(small_office, papers=papers)})

    assert (reply.status, reply.problems) == (422, [("/papers", "too_many_items")])


def test_what_is_no_upload_is_told(small_office: Office):
    anna = small_office["anna"]

    assert anna.upload("empty.pdf", b"", ORDER, "papers").problems == [("/file", "empty_file")]
    assert anna.upload("a.pdf", PDF, ORDER, "number").problems == [("/field", "not_a_file_field")]
    assert anna.upload("a.pdf", PDF, "shop.nothing", "papers").status == 404
    assert anna.post("/files", {"file": "x"}).problems == [("/file", "file_missing")]
    assert anna.get("/files/nothing").status == 404


def test_nobody_unknown_sends_or_gets_files(small_office: Office):
    kept, nobody = paper(small_office), small_office.another()

    assert nobody.upload("a.pdf", PDF).status == 401
    assert nobody.get(f"/files/{kept['id']}").status == 401
