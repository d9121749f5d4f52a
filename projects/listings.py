"""The lists of this app whose views people keep."""

from django.utils.translation import gettext_lazy as _

from qdtrade.programmes.listing import Listing

from . import explained
from .filters import ExpectedUpdateFilter, ProjectFilter
from .models import ExpectedUpdate, Project
from .views.screen import PROJECT_COLUMNS, UPDATE_COLUMNS

PROJECT_LIST = Listing(
    name="projects",
    label=_("Signed projects"),
    url_name="project_list",
    filters=ProjectFilter,
    rows=Project.objects.none,
    target="#projects",
    usual_ordering="light",
    usual_order=_("Worst light first"),
    columns=lambda: PROJECT_COLUMNS,
    explained=explained.PROJECTS,
)
UPDATE_LIST = Listing(
    name="project_updates",
    label=_("Updates of projects"),
    url_name="project_update_list",
    filters=ExpectedUpdateFilter,
    rows=ExpectedUpdate.objects.none,
    target="#updates",
    usual_ordering="-period",
    usual_order=_("Newest period first"),
    columns=lambda: UPDATE_COLUMNS,
    explained=explained.UPDATES,
)
LISTINGS = (PROJECT_LIST, UPDATE_LIST)
