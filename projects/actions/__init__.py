"""Every change to projects and what belongs to them that is not a move."""
