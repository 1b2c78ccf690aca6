"""Files in a store that speaks S3 (AWS, MinIO, Ceph, OSS, COS ...), named by the SHA-256 digest of their content."""

import io
import logging
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, BinaryIO

import boto3
from boto3.s3.transfer import TransferConfig
from botocore.client import Config
from botocore.exceptions import BotoCoreError, ClientError

from engine.adapters.files import place_of, written_aside
from engine.errors import FileStoreAway, NotFound
from engine.services.ports import Kept
from engine.settings import Settings

_log = logging.getLogger("formwork.files")
_MIB = 2**20
_IN_MEMORY = _MIB
"""More than this waits on the disk until its digest is known."""
_PARTS = TransferConfig(multipart_threshold=16 * _MIB, multipart_chunksize=8 * _MIB, use_threads=False)
_NOT_THERE = frozenset({"NoSuchKey", "404"})
_BUSY = frozenset({"SlowDown", "RequestTimeout", "RequestTimeTooSkewed"})


class S3Files:
    """Keeps contents in one bucket, below the prefix of the installation, in the order of folders that the disk has too."""

    def __init__(self, settings: Settings) -> None:
        self._bucket = settings.s3_bucket
        self._prefix = f"{prefix}/" if (prefix := settings.s3_prefix.strip("/")) else ""
        # The library comes without types. Checksums of newer protocols are sent only where they are asked for: many stores refuse them.
        self._client: Any = boto3.session.Session().client(
            "s3",
            endpoint_url=settings.s3_endpoint or None,
            region_name=settings.s3_region or "us-east-1",
            aws_access_key_id=settings.s3_access_key,
            aws_secret_access_key=settings.s3_secret_key,
            config=Config(
                connect_timeout=5,
                read_timeout=30,
                retries={"total_max_attempts": 2, "mode": "standard"},
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
                # The store compares each part with its digest, so that nothing is kept that changed on its way.
                s3={
                    "addressing_style": "path" if settings.s3_path_style else "virtual",
                    "payload_signing_enabled": True,
                },
            ),
        )

    def save(self, chunks: Iterator[bytes], limit: int) -> tuple[str, int]:
        """Keep the bytes: their name is known when the last has come, so they wait aside; an object is there whole or not at all.

        What is there already is sent again: so it is young, and nobody who clears away takes it.
        """
        with tempfile.SpooledTemporaryFile(_IN_MEMORY) as aside:
            digest, size = written_aside(chunks, aside, limit)
            aside.seek(0)
            with _told():
                self._client.upload_fileobj(aside, self._bucket, self._key(digest), Config=_PARTS)
        return digest, size

    def open(self, digest: str) -> BinaryIO:
        """Return the content as it comes in."""
        try:
            with _told():
                found = self._client.get_object(Bucket=self._bucket, Key=self._key(digest))
        except NotFound:
            raise NotFound("file", digest) from None
        return io.BufferedReader(_Incoming(found["Body"]), _MIB // 4)

    def remove(self, digest: str, before: datetime) -> None:
        """Remove the content, unless it was brought anew since."""
        with _told():
            if any(one.digest == digest and one.brought_at < before for one in self.kept(digest)):
                self._client.delete_object(Bucket=self._bucket, Key=self._key(digest))

    def kept(self, beginning: str) -> Iterator[Kept]:
        """Yield the objects, a page of the store's list after the other."""
        start = self._prefix + (place_of(beginning) if len(beginning) > 4 else beginning[:2])
        with _told():
            pages = self._client.get_paginator("list_objects_v2").paginate(Bucket=self._bucket, Prefix=start)
            for one in (one for page in pages for one in page.get("Contents", ())):
                digest = one["Key"].rpartition("/")[2]
                if digest.startswith(beginning):
                    yield Kept(digest, one["Size"], one["LastModified"])

    def clear_unfinished(self, before: datetime) -> int:
        """Give up uploads in parts that a process that died has left."""
        with _told():
            found = self._client.get_paginator("list_multipart_uploads")
            pages = found.paginate(Bucket=self._bucket, Prefix=self._prefix)
            old = [one for page in pages for one in page.get("Uploads", ()) if one["Initiated"] < before]
            for one in old:
                self._client.abort_multipart_upload(Bucket=self._bucket, Key=one["Key"], UploadId=one["UploadId"])
        return len(old)

    def _key(self, digest: str) -> str:
        return self._prefix + place_of(digest)


class _Incoming(io.RawIOBase):
    """What comes in from the store, as a file that is read once."""

    def __init__(self, body: Any) -> None:
        self._body = body

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        with _told():
            chunk: bytes = self._body.read(len(buffer))
        buffer[: len(chunk)] = chunk
        return len(chunk)

    def close(self) -> None:
        self._body.close()
        super().close()


@contextmanager
def _told() -> Iterator[None]:
    """Say what went wrong with the store in the product's own words; the details go into the log."""
    try:
        yield
    except ClientError as error:
        reason = str(error.response.get("Error", {}).get("Code", ""))
        status = int(error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 500))
        if reason in _NOT_THERE:
            raise NotFound("file", "") from error
        _log.warning("the file store answered %s %s", status, reason)
        raise FileStoreAway(reason, refused=status < 500 and reason not in _BUSY) from error
    except BotoCoreError as error:
        _log.warning("the file store does not answer: %s", error)
        raise FileStoreAway(type(error).__name__) from error
