"""Passwords, kept with argon2id with the parameters that the library recommends (RFC 9106)."""

import argon2


class Argon2Hasher:
    """Hashes with argon2id."""

    def __init__(self, hasher: argon2.PasswordHasher | None = None) -> None:
        self._hasher = hasher or argon2.PasswordHasher()

    def hash(self, password: str) -> str:
        """Return the encoded hash, with its salt and parameters inside."""
        return self._hasher.hash(password)

    def verify(self, stored: str, password: str) -> bool:
        """Say whether the password fits. A broken or empty hash fits nothing."""
        try:
            return self._hasher.verify(stored, password)
        except (argon2.exceptions.VerificationError, argon2.exceptions.InvalidHashError):
            return False
