"""The groups of the administration's menu, named as the product's own menu names them."""

from django.utils.translation import gettext_lazy as _

SPECIFICATION = _("Specification")
INSPECTION = _("Inspection line")
SIGNINGS = _("Signings")
PEOPLE = _("People and bureaus")
TRAIL = _("Trail")

GROUPS = (SPECIFICATION, INSPECTION, SIGNINGS, PEOPLE, TRAIL)
"""In their order."""
