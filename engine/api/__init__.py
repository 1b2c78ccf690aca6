"""HTTP: what a request says becomes a call of a use case, and its answer becomes a response. Nothing is decided here."""
