"""Reading a file of projects and comparing it with what is stored."""

from .reader import read_projects
from .table import TABLE

__all__ = ["TABLE", "read_projects"]
