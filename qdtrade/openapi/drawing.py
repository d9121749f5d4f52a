"""How the schema is drawn from the API's code; named in the settings, for the framework to find.

What a person reads (summaries, descriptions, titles) goes through gettext; docstrings are for who reads the code.
"""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension, OpenApiFilterExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import Direction, OpenApiParameter

from qdtrade.past.moments import AS_OF
from qdtrade.past.pages import RESOURCES

from .parameters import parameters_of


class Drawing(AutoSchema):
    """One operation: named after what the code calls it, grouped by its first word in the address."""

    view: Any

    def get_operation_id(self) -> str:
        verb = getattr(getattr(self.view, self.view.action), "url_path", self.view.action)
        return f"{self.view.basename}_{verb.replace('-', '_')}"

    def get_tags(self) -> list[str]:
        return [self._tokenize_path()[0]]

    def get_description(self) -> str:  # type: ignore[override]
        """Empty, unless the view says one in the reader's language."""
        return ""

    def get_serializer_name(self, serializer: Any, direction: Direction) -> str:
        """What a request says is named after the row it changes: TaskRequest."""
        return str(super().get_serializer_name(serializer, direction)).removesuffix("Body")

    def get_override_parameters(self) -> list[Any]:
        """Whatever has a past is asked for it by one parameter."""
        if self.method != "GET" or getattr(self.view, "basename", "") not in RESOURCES:
            return []
        words = _(
            "The register as it stood then: a day such as 2021-08-31 for its end in Beijing, or a moment."
            " Read from the records, never later than now; the answer names the moment in As-Of."
        )
        return [OpenApiParameter(AS_OF, str, OpenApiParameter.QUERY, description=words)]

    def _resolve_path_parameters(self, variables: list[str]) -> list[dict[str, Any]]:
        """Every row is named by its number; asking the rows themselves would need a person."""
        schema = {"type": "integer", "minimum": 1}
        return [
            {"in": "path", "name": name, "required": True, "schema": schema, "description": _("Which one.")}
            for name in variables
        ]


class TokenScheme(OpenApiAuthenticationExtension):
    """A program's way in."""

    target_class = "qdtrade.accounts.api.TokenDoor"
    name = "token"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, str]:
        words = _("A personal token, from the page “Tokens”. One that only reads is refused every change.")
        return {"type": "http", "scheme": "bearer", "description": words}


class SessionScheme(OpenApiAuthenticationExtension):
    """A browser's way in."""

    target_class = "qdtrade.incoming.SessionDoor"
    name = "session"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, str]:
        words = _("A signed-in browser; every change also needs its CSRF token in X-CSRFToken.")
        return {"type": "apiKey", "in": "cookie", "name": "sessionid", "description": words}


class ListFilterScheme(OpenApiFilterExtension):
    """The parameters of a list, from the FilterSet that also serves its page and its export.

    A single row that is counted over a cohort takes those of `filters_of_one`.
    """

    target_class = "qdtrade.incoming.ListFilter"
    priority = 1

    def get_schema_operation_parameters(
        self, auto_schema: AutoSchema, *args: Any, **kwargs: Any
    ) -> list[Any]:
        view: Any = auto_schema.view
        return parameters_of(view.filters_of_one if view.action == "retrieve" else view.filterset_class)
