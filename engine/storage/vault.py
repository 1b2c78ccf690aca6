"""Encryption at rest: values that are unreadable to whoever holds only the database.

A value becomes `hash.key.box`: a keyed hash for questions of equality, the id of the key, and the box, which is the nonce
and what AES-256-GCM (NIST SP 800-38D) made of the value. Every key of the ring opens what it closed; the first one closes.
The hash is keyed by the last, which is the oldest: keys rotate without a value changing its hash.
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import DontWrapMixin

from engine.errors import KeyMissing

HASH_LENGTH = 32
_NONCE, _KEY = 12, 32
_ID_LENGTH = 8


class NoKey(KeyMissing, DontWrapMixin):
    """`DontWrapMixin` keeps SQLAlchemy from hiding it."""


@dataclass(frozen=True, slots=True)
class Vault:
    """A ring of keys of 32 bytes, the one in use first."""

    keys: tuple[bytes, ...] = ()

    def seal(self, text: str, *, random: bool = False) -> str:
        """Return a text closed; with `random` it has no hash that could be compared. Raises KeyMissing."""
        key = self._first()
        nonce = secrets.token_bytes(_NONCE)
        box = AESGCM(key).encrypt(nonce, text.encode(), _id(key).encode())
        mark = secrets.token_bytes(HASH_LENGTH * 3 // 4) if random else None
        written = _text(mark)[:HASH_LENGTH] if mark else self.hash(text)
        return f"{written}.{_id(key)}.{_text(nonce + box)}"

    def open(self, sealed: str) -> str:
        """Return what was closed. Raises KeyMissing for a key that is not on the ring, or a box that was changed."""
        _, name, box = (*sealed.split("."), "", "")[:3]
        raw = _bytes(box)
        for key in self.keys:
            if _id(key) == name:
                try:
                    return AESGCM(key).decrypt(raw[:_NONCE], raw[_NONCE:], name.encode()).decode()
                except InvalidTag as error:
                    raise NoKey(name) from error
        raise NoKey(name)

    def hash(self, text: str) -> str:
        """Return the keyed hash of a text. Raises KeyMissing."""
        self._first()
        key = hashlib.sha256(b"formwork equality\x00" + self.keys[-1]).digest()
        return _text(hmac.digest(key, text.encode(), "sha256"))[:HASH_LENGTH]

    def _first(self) -> bytes:
        if not self.keys:
            raise NoKey("")
        return self.keys[0]


def vault_of(names: Sequence[str], secret: str) -> Vault:
    """Return the vault of settings: keys as base64 or hexadecimal text, newest first, or one that comes from a secret.

    Raises ValueError for a text that is no key of 32 bytes.
    """
    keys = tuple(_key(name) for name in names if name)
    return Vault(keys or ((hashlib.sha256(b"formwork data key\x00" + secret.encode()).digest(),) if secret else ()))


def place(dialect: Dialect, vault: Vault) -> None:
    """Give the vault to the columns of one database."""
    _VAULTS[dialect] = vault


def vault_for(dialect: Dialect) -> Vault:
    """Return the vault of the database that a dialect speaks to; one without keys where none was given."""
    return _VAULTS.get(dialect, Vault())


_VAULTS: WeakKeyDictionary[Dialect, Vault] = WeakKeyDictionary()


def _id(key: bytes) -> str:
    return hashlib.sha256(b"formwork key id\x00" + key).hexdigest()[:_ID_LENGTH]


def _key(text: str) -> bytes:
    bare = text.strip()
    try:
        raw = bytes.fromhex(bare) if len(bare) == 2 * _KEY else base64.b64decode(bare, validate=True)
    except ValueError as error:
        raise ValueError("FORMWORK_ENCRYPTION_KEYS must hold keys of 32 bytes in base64 or hexadecimal") from error
    if len(raw) != _KEY:
        raise ValueError("FORMWORK_ENCRYPTION_KEYS must hold keys of 32 bytes in base64 or hexadecimal")
    return raw


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
