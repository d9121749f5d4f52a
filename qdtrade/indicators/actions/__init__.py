"""Every change to indicators and readings that is not a move."""
