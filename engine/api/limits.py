"""How often somebody may come: one counter for the door and for public forms."""

from typing import cast

from flask import Flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

_PLACE = "formwork_limiter"


def limiter(app: Flask, storage: str) -> Limiter:
    """Return what counts requests in a store (a URI in the words of the package limits): every process that names the store counts in it.

    While a store cannot be reached each process counts for itself: nobody is locked out by it.
    """
    if _PLACE not in app.extensions:
        made = Limiter(
            get_remote_address,
            app=app,
            storage_uri=storage,
            headers_enabled=True,
            strategy="moving-window",
            in_memory_fallback_enabled=not storage.startswith("memory:"),
        )
        # Only views that have a limit are counted, by what is wrapped around them: no other request need be looked at.
        app.before_request_funcs[None].remove(made._check_request_limit)  # noqa: SLF001 - the package has no switch for it
        app.extensions[_PLACE] = made
    return cast("Limiter", app.extensions[_PLACE])
