"""A person's own tokens: what there is, a new one, and the end of one."""

from typing import cast

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from qdtrade.lists import page_of
from qdtrade.web import done

from ..actions.tokens import make_token, revoke_token
from ..forms import TokenForm
from ..models import Token, User


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def tokens(request: HttpRequest) -> HttpResponse:
    """The list and the form; a new token's secret stands in the answer to the form, and nowhere else."""
    person = cast(User, request.user)
    form, made, secret = TokenForm(request.POST or None), None, ""
    if request.method == "POST" and form.is_valid():
        try:
            made, secret = make_token(person, by=person, **form.cleaned_data)
            form = TokenForm()
        except ValidationError as fault:
            form.add_error(None, fault)
    rows = page_of(request, Token.objects.visible_to(person).in_order())
    context = {
        "page": rows,
        "rows": [(token, token.state_at(timezone.now())) for token in rows],
        "form": form,
        "made": made,
        "secret": secret,
        "address": request.build_absolute_uri("/api/v1/"),
    }
    return render(request, "accounts/tokens.html", context, status=400 if form.errors else 200)


@require_POST
def token_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """End one's own token."""
    token = revoke_token(get_object_or_404(Token.objects.visible_to(request.user), pk=pk), by=request.user)
    return done(request, _("“%(name)s” works no longer.") % {"name": token.name}, "tokens")
