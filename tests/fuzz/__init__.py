"""Attacks on an installation with the shipped modules, on its definitions and on its expressions."""

COUNT = 100
"""Steps of each attack in every run of the tests, on each database."""
