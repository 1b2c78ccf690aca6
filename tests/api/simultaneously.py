"""Requests that are sent at the same moment, each from a thread of its own."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from tests.api.office import Reply


def at_once(*calls: Callable[[], Reply]) -> list[Reply]:
    """Start all calls together and return what each was answered."""
    gate = threading.Barrier(len(calls))

    def wait_and_call(call: Callable[[], Reply]) -> Reply:
        gate.wait()
        return call()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(wait_and_call, calls))
