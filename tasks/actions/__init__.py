"""Every change to tasks and reports that is not a move."""
