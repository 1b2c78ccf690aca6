"""Attacks on an installation with the shipped modules, on its definitions and on its expressions."""

COUNT = 40
"""Steps of each attack in every run of the tests, on each database; `python3 dev.py fuzz` goes on for as long as one likes."""
