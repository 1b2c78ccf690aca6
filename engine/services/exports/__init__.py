"""Records into files: lists as people see them, whole tables with their rows, and empty forms to fill in."""
