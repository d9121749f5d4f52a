"""What a form of a page sends: ids and whole numbers out of it, and refusals back beside its fields."""

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

DIGITS_OF_AN_ID = 18
"""What every database takes for one."""
DIGITS_OF_A_NUMBER = 9


def ids_of(sent: QueryDict, name: str) -> list[int]:
    """The ids that were sent under this name, in their order; what is none is left out."""
    return [int(one) for one in sent.getlist(name) if one.isdecimal() and len(one) <= DIGITS_OF_AN_ID]


def number_of(text: str) -> int | None:
    """A version, as a hidden field carries it; None for anything else."""
    return int(text) if text.isdecimal() and len(text) <= DIGITS_OF_A_NUMBER else None


class MarkedForm(forms.Form):
    """A form whose rules and actions say themselves which field is wrong."""

    def mark(self, fault: ValidationError) -> None:
        """Puts what was refused beside its field; what belongs to none stands above the form."""
        if not hasattr(fault, "error_dict"):
            self.add_error(None, fault)
            return
        for name, errors in fault.error_dict.items():
            self.add_error(name if name in self.fields else None, errors)
