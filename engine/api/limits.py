"""How often somebody may come: one way of counting for the door and for public forms."""

from collections.abc import Callable

from flask import Flask
from flask_limiter import Limiter


def limiter(app: Flask, key: Callable[[], str], storage: str) -> Limiter:
    """Return what counts requests by `key` in a store (a URI in the words of the package limits): every process that names the store counts in it.

    While a store cannot be reached each process counts for itself: nobody is locked out by it.
    """
    return Limiter(
        key,
        app=app,
        storage_uri=storage,
        headers_enabled=True,
        strategy="moving-window",
        in_memory_fallback_enabled=not storage.startswith("memory:"),
    )
