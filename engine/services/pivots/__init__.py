"""Pivots: records summed up by rows and columns, with the names of everything, and as a spreadsheet."""
