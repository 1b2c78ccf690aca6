"""Regions for whoever chooses one."""

from engine.definition.field_types.region import below, regions


def named(under: str = "") -> dict[str, str]:
    """Return names by code, in the order of codes: all of them, or with `under` one level ("0": the provinces)."""
    known = regions()
    if not under:
        return dict(known)
    return {code: known[code] for code in below("" if under == "0" else under)}
