"""What several lists say of a project, in one cell."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

from qdtrade import money
from qdtrade.templatetags import qdtrade as tags
from tasks.admin.cells import done_by as done_by
from tasks.admin.cells import filed_at as filed_at
from tasks.admin.cells import in_time as in_time

from ..models import Project


def named(project: Project) -> SafeString:
    """The name with its mark."""
    return format_html("{}{}", project.name, tags.sample_mark(project))


def coded(project: Project) -> SafeString:
    """Code and name with its mark, for where the code has no column of its own."""
    return format_html('<span class="code">{}</span> {}', project.code, named(project))


def yi(amount: object) -> str:
    """An amount in 亿元; empty where there is none."""
    return money.yi(amount)  # type: ignore[arg-type]
