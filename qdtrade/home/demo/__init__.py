"""The demo: what `fixtures/` says, carried out by real moves in time order."""
