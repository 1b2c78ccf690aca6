"""A small piece of work that a browser does before it sends: cheap once, dear for who sends thousands. No other host has a part in it."""

import hashlib
import hmac
import secrets
from datetime import datetime

BITS = 15
"""Leading zero bits that are looked for: about 30,000 digests, a fraction of a second on a phone."""
LIVES = 900
"""Seconds within which a puzzle is to be solved."""


def new_puzzle(secret: str, subject: str, now: datetime) -> str:
    """Return a puzzle that was set now, for one subject."""
    head = f"{int(now.timestamp())}.{secrets.token_hex(8)}"
    return f"{head}.{_signature(secret, subject, head)}"


def is_solved(secret: str, subject: str, puzzle: str, counter: str, now: datetime) -> bool:
    """Say whether a puzzle is ours, still young, and solved: SHA-256 of `puzzle:counter` begins with enough zero bits."""
    head, _, signature = puzzle.rpartition(".")
    moment = head.partition(".")[0]
    if not hmac.compare_digest(_signature(secret, subject, head).encode(), signature.encode()):
        return False
    age = now.timestamp() - int(moment)
    digest = hashlib.sha256(f"{puzzle}:{counter}".encode()).digest()
    return -60 <= age <= LIVES and int.from_bytes(digest) >> (256 - BITS) == 0


def _signature(secret: str, subject: str, head: str) -> str:
    return hmac.new(secret.encode(), f"puzzle|{subject}|{head}".encode(), hashlib.sha256).hexdigest()
