"""Numbers with check digits, made here by their rules and not by the engine's."""

from datetime import date

from hypothesis import strategies as st

_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def with_card_digit(body: str) -> str:
    """Return 17 digits with their check digit: a remainder of powers of two, modulo 11 (GB 11643)."""
    total = sum(int(digit) * (2 ** (17 - place) % 11) for place, digit in enumerate(body))
    return body + "0123456789X"[(12 - total % 11) % 11]


def with_code_sign(body: str) -> str:
    """Return 17 signs with their check sign: powers of three, modulo 31 (GB 32100)."""
    total = sum(_SIGNS.index(sign) * (3**place % 31) for place, sign in enumerate(body))
    return body + _SIGNS[(31 - total % 31) % 31]


def with_ean_digit(body: str) -> str:
    """Return 12 digits with their check digit: odd places once, even places three times, up to the next ten."""
    total = sum(int(body[place]) for place in range(0, 12, 2)) + 3 * sum(int(body[place]) for place in range(1, 12, 2))
    return body + str((10 - total % 10) % 10)


def card_of() -> st.SearchStrategy[object]:
    regions, days = st.integers(110000, 659999), st.dates(date(1900, 1, 1), date(2030, 1, 1))
    bodies = st.tuples(regions, days, st.integers(0, 999)).map(lambda p: f"{p[0]}{p[1]:%Y%m%d}{p[2]:03}")
    return bodies.map(with_card_digit)


def organisation_of() -> st.SearchStrategy[object]:
    return st.text(st.sampled_from(_SIGNS), min_size=17, max_size=17).map(with_code_sign)


def ean_of() -> st.SearchStrategy[object]:
    return st.from_regex(r"\A69[0-9]{10}\Z").map(with_ean_digit)
