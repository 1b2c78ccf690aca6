"""Limits of measures: asking them, telling people, and marking figures."""
