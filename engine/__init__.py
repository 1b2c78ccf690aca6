"""Formwork: a metadata engine that turns modules written as JSON Schema definitions into applications."""
