"""Giving single records to people whom no role reaches, and seeing who sees a record."""
