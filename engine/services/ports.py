"""Ports: what use cases need from outside. Implementations live in `adapters/`; a Null one stands here where doing nothing is an answer."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Protocol


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""
        ...


class PasswordHasher(Protocol):
    """Keeps passwords so that nobody can read them back."""

    def hash(self, password: str) -> str:
        """Return what is stored."""
        ...

    def verify(self, stored: str, password: str) -> bool:
        """Say whether the password is the one that `stored` was made from. Takes as long for a wrong one."""
        ...


@dataclass(frozen=True, slots=True)
class Kept:
    """One content in a file store: its digest, its size in bytes, and when it was brought for the last time."""

    digest: str
    size: int
    brought_at: datetime


class FileStore(Protocol):
    """Keeps contents by their SHA-256 digest, so that the same bytes are kept once.

    Every method raises FileStoreAway where the store does not answer or refuses.
    """

    def save(self, chunks: Iterator[bytes], limit: int) -> tuple[str, int]:
        """Keep the bytes and return digest and size. Raises TooLarge past `limit` bytes and then keeps nothing."""
        ...

    def open(self, digest: str) -> BinaryIO:
        """Return the bytes for reading once, from the first to the last. Raises NotFound."""
        ...

    def remove(self, digest: str, before: datetime) -> None:
        """Forget bytes that were brought, for the last time, before a moment; those that are not there are no fault."""
        ...

    def kept(self, beginning: str) -> Iterator[Kept]:
        """Yield what is kept whose digest begins so."""
        ...

    def clear_unfinished(self, before: datetime) -> int:
        """Forget what somebody began to bring before a moment and never finished; return how many there were."""
        ...


@dataclass(frozen=True, slots=True)
class Message:
    """Something to tell a person, in words of their language."""

    to: str
    subject: str
    body: str
    key: str


class Mailer(Protocol):
    """Tells people outside the product. Telling twice under one key is telling once."""

    def send(self, message: Message) -> None:
        """Send, or raise OSError when it may work later."""
        ...


@dataclass(frozen=True, slots=True)
class Call:
    """A request to another system: JSON bytes, signed with `secret`. The same `key` again means the same request."""

    url: str
    body: bytes
    secret: str
    key: str


class Caller(Protocol):
    """Calls other systems."""

    def call(self, call: Call, now: datetime) -> None:
        """Send, or raise OSError when it may work later."""
        ...


class NullCaller:
    """Calls nobody."""

    def call(self, call: Call, now: datetime) -> None:
        """Do nothing."""


class NullMailer:
    """Tells nobody: people see their tasks in the product."""

    def send(self, message: Message) -> None:
        """Do nothing."""
