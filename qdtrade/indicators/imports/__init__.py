"""Reading a file of readings and comparing it with what is stored."""

from .reader import read_readings
from .table import TABLE

__all__ = ["TABLE", "read_readings"]
