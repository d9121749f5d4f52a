"""What the search finds of the signings."""

from .projects import PROJECTS

GROUPS = (PROJECTS,)
