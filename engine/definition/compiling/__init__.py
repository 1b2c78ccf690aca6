"""How documents become a configuration: one pass that checks and compiles, a file for each kind of document."""
