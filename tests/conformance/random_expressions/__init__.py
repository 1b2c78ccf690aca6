"""Random expressions over random records: how they are made, and how four places are asked for their answers."""

SEEDS = (2026, 1130)
EXPRESSIONS = 1_250
"""Expressions of one seed in every run of the tests."""
