"""Use cases, in the words of those who use them. Each opens one transaction, and nothing below commits."""
