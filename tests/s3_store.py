"""A server that speaks S3, on loopback in this process, and the settings that lead to a bucket of its."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

import boto3

from engine.settings import Settings

_KEYS = {"aws_access_key_id": "id", "aws_secret_access_key": "secret", "region_name": "us-east-1"}
_numbers = count(1)


@contextmanager
def s3_server() -> Iterator[str]:
    """Yield the address of a server that is there meanwhile."""
    with warnings.catch_warnings():
        # What the server itself imports is not ours to mend.
        warnings.simplefilter("ignore")
        from moto.server import ThreadedMotoServer
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


def s3_settings(address: str, **more: object) -> Settings:
    """Return settings with a new, empty bucket."""
    bucket = f"files-{next(_numbers)}"
    bare_client(address).create_bucket(Bucket=bucket)
    told = {"files_store": "s3", "s3_endpoint": address, "s3_bucket": bucket, "s3_path_style": True}
    return Settings(**(told | {"s3_access_key": "id", "s3_secret_key": "secret"} | more))


def bare_client(address: str):
    """Return a client that goes past the product."""
    return boto3.client("s3", endpoint_url=address, **_KEYS)
