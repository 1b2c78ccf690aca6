"""A building company that does not exist, with eighteen months of work: something to look at on the first evening."""
