"""Sentences of Django and of the API's framework that their own Chinese lacks, or that do not say what to do.

Named here, so that they are collected into our catalogue, which is asked before theirs. Nothing reads these names.
"""

from django.utils.translation import gettext_lazy as _

NO_SUCH_ROW = _("%(model)s instance with %(field)s %(value)r is not a valid choice.")
NO_WHOLE_NUMBER = _("A valid biginteger is required.")
NUMBER_TOO_LARGE = _("Integer value too large to convert to float")
REQUIRED = _("This field is required.")
NOT_BLANK = _("This field may not be blank.")
NOT_NULL = _("This field may not be null.")
