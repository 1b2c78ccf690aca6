"""Records from files: what a file offers, what would become of it, and what became of it."""
