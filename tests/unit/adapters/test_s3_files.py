"""Contents in a store that speaks S3: the same as on the disk, against a real server."""

import hashlib
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from engine.adapters.file_stores import file_store
from engine.errors import FileStoreAway, Misconfigured, NotFound, TooLarge
from engine.services.file_care import is_whole, move
from engine.services.ports import FileStore
from engine.settings import Settings, from_environment
from tests.s3_store import bare_client, s3_server, s3_settings

MIB = 2**20
SOON = datetime.now(UTC) + timedelta(days=1)
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with s3_server() as address:
        yield address


@pytest.fixture(params=["disk", "s3"])
def store(request: pytest.FixtureRequest, server: str, tmp_path: Path) -> FileStore:
    return file_store(s3_settings(server, files_dir=tmp_path), request.param)


def save(store: FileStore, content: bytes) -> str:
    return store.save(iter([content]), len(content))[0]


def read(store: FileStore, digest: str) -> bytes:
    with store.open(digest) as content:
        return content.read()


def test_what_is_kept_comes_back_under_its_digest(store: FileStore):
    digest, size = store.save(iter([b"one", b"two"]), 6)

    assert (digest, size) == (hashlib.sha256(b"onetwo").hexdigest(), 6)
    assert read(store, digest) == b"onetwo"
    assert [(one.digest, one.size) for one in store.kept(digest[:2])] == [(digest, 6)]
    assert [one.digest for one in store.kept(digest)] == [digest]


def test_what_is_too_large_or_broken_off_leaves_nothing(store: FileStore):
    def broken() -> Iterator[bytes]:
        yield b"one"
        raise OSError("the browser went away")

    with pytest.raises(TooLarge):
        store.save(iter([b"one", b"two"]), 5)
    with pytest.raises(OSError, match="went away"):
        store.save(broken(), 5)

    assert not [one for beginning in "0123456789abcdef" for one in store.kept(beginning)]


def test_what_was_brought_since_is_not_removed_and_what_is_not_there_is_no_fault(store: FileStore):
    digest = save(store, b"one")

    store.remove(digest, LONG_AGO)
    young = read(store, digest)
    store.remove(digest, SOON)
    store.remove(digest, SOON)

    assert young == b"one"
    with pytest.raises(NotFound):
        store.open(digest)


def test_large_contents_go_in_parts(server: str):
    settings = s3_settings(server)
    store = file_store(settings)

    digest, size = store.save((bytes([number]) * MIB for number in range(20)), 20 * MIB)

    assert (size, is_whole(store, digest)) == (20 * MIB, True)
    # The store's own mark of an object says of how many parts it was put together.
    (kept,) = bare_client(server).list_objects_v2(Bucket=settings.s3_bucket)["Contents"]
    assert kept["ETag"].endswith('-3"')


def test_contents_lie_below_the_prefix_in_the_order_of_the_disk(server: str):
    settings = s3_settings(server, s3_prefix="/site/formwork/")

    digest = save(file_store(settings), b"one")

    listed = bare_client(server).list_objects_v2(Bucket=settings.s3_bucket)["Contents"]
    assert [one["Key"] for one in listed] == [f"site/formwork/{digest[:2]}/{digest[2:4]}/{digest}"]


def test_an_upload_in_parts_that_was_never_finished_is_given_up(server: str):
    settings = s3_settings(server)
    client = bare_client(server)
    client.create_multipart_upload(Bucket=settings.s3_bucket, Key="ab/cd/abcd")

    counts = [file_store(settings).clear_unfinished(moment) for moment in (LONG_AGO, SOON, SOON)]

    assert counts == [0, 1, 0]


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"s3_endpoint": "http://127.0.0.1:9"}, "file_store_away"),
        ({"s3_bucket": "not-there"}, "file_store_refused"),
    ],
)
def test_a_store_that_is_away_or_refuses_says_so(server: str, more: dict[str, str], code: str):
    store = file_store(s3_settings(server, **more))
    asks: list[Callable[[], object]] = [
        lambda: save(store, b"one"),
        lambda: store.open("ab" * 32),
        lambda: list(store.kept("ab")),
    ]

    found = []
    for ask in asks:
        with pytest.raises(FileStoreAway) as refusal:
            ask()
        found.append(refusal.value.code)

    assert found == [code] * 3


def test_settings_that_cannot_work_are_told_before_anything_is_asked(monkeypatch: pytest.MonkeyPatch):
    some = from_environment({"FORMWORK_FILES_STORE": "s3", "FORMWORK_S3_BUCKET": "b", "FORMWORK_S3_PATH_STYLE": "yes"})
    full = Settings(files_store="s3", s3_bucket="b", s3_access_key="k", s3_secret_key="s")
    # As if the extra were not installed.
    monkeypatch.setitem(sys.modules, "boto3", None)
    monkeypatch.delitem(sys.modules, "engine.adapters.s3_files", raising=False)

    found = []
    for settings in (some, full, Settings(files_store="tape")):
        with pytest.raises(Misconfigured) as refusal:
            file_store(settings)
        found.append((refusal.value.code, *refusal.value.params.values()))

    assert found == [
        ("s3_settings_missing", ["FORMWORK_S3_ACCESS_KEY", "FORMWORK_S3_SECRET_KEY"]),
        ("s3_not_installed", "boto3"),
        ("file_store_unknown", "tape", ["disk", "s3"]),
    ]
    assert some.s3_path_style
    assert "secret_key" not in repr(full)


def test_a_move_broken_off_goes_on_where_it_was_and_tells_what_is_damaged(server: str, tmp_path: Path):
    settings = s3_settings(server, files_dir=tmp_path)
    disk, s3 = file_store(settings, "disk"), file_store(settings, "s3")
    digests = sorted(save(disk, bytes([number])) for number in range(4))
    damaged = digests[3]
    (tmp_path / damaged[:2] / damaged[2:4] / damaged).write_bytes(b"rust")

    begun = move(disk, s3)
    next(begun)
    begun.close()
    outcomes = {one.digest: one.outcome for one in move(disk, s3)}
    back = file_store(s3_settings(server, files_dir=tmp_path / "back"), "disk")
    list(move(s3, back))

    assert outcomes == dict(zip(digests, ["there", "copied", "copied", "damaged"], strict=True))
    assert [read(back, one) for one in digests[:3]] == [read(disk, one) for one in digests[:3]]
