"""How requests between systems are signed: HMAC-SHA256 (RFC 2104) over the moment and the body."""

import hashlib
import hmac

SIGNATURE_HEADER = "X-Formwork-Signature"
TIMESTAMP_HEADER = "X-Formwork-Timestamp"
KEY_HEADER = "Idempotency-Key"


def sign(secret: str, timestamp: str, body: bytes) -> str:
    """Return the signature of a body that is sent at `timestamp` (seconds since 1970, as text): `v1=` and 64 hex digits."""
    digest = hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    return f"v1={digest}"
