"""The parts that every page is made of, on one page: for whoever builds a page, where debugging is on."""

import re
from dataclasses import dataclass
from types import SimpleNamespace

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from qdtrade.indicators.models import Qualifier
from qdtrade.indicators.tiles import Tile
from qdtrade.templatetags import icons, words

COLOUR = re.compile(r"--([a-z0-9-]+): (#[0-9a-f]{6});")
GREYS = ("ink", "ink-2", "ink-3", "line-2", "line", "wash", "paper", "surface")
SIGNS = {"green": "check", "red": "alert", "yellow": "clock", "white": "pencil", "ink": "clock"}


@dataclass(frozen=True)
class Swatch:
    """A colour of the style sheet, with how much it stands out from white (WCAG 2.2; words need 4.5)."""

    name: str
    code: str

    @property
    def on_white(self) -> str:
        return f"{contrast(self.code, '#ffffff'):.1f}"


@dataclass(frozen=True)
class Hue:
    """The three colours of a light: its shape, its word, and the ground behind the word."""

    level: str
    solid: Swatch
    word: Swatch
    tint: Swatch

    @property
    def on_tint(self) -> str:
        return f"{contrast(self.word.code, self.tint.code):.1f}"


class Sample(forms.Form):
    """A pill, and two fields of which one is refused."""

    bureau = forms.ChoiceField(
        label=_("lead bureau"), choices=[("", _("all")), ("1", "市商务局")], required=False
    )
    forecast = forms.DateField(label=_("Forecast"), required=False)
    progress = forms.IntegerField(label=_("Progress"), max_value=100)


def colours() -> dict[str, Swatch]:
    """Every colour that the style sheet names."""
    sheet = (settings.BASE_DIR / "qdtrade/static/qdtrade/css/tokens.css").read_text(encoding="utf-8")
    return {name: Swatch(name, code) for name, code in COLOUR.findall(sheet)}


def contrast(one: str, other: str) -> float:
    """How far two colours stand apart, from 1 to 21 (WCAG 2.2, contrast ratio)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(code: str) -> float:
    parts = [int(code[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def hues(found: dict[str, Swatch]) -> list[Hue]:
    """What the lights are drawn with."""
    return [
        Hue(level, found[level], found[f"{level}-word"], found[f"{level}-tint"]) for level in words.LIGHTS
    ]


@require_safe
def design(request: HttpRequest) -> HttpResponse:
    """Colours, lights, states, type, buttons, messages and the rest, as the pages show them."""
    found = colours()
    context = {
        "greys": [found[name] for name in GREYS],
        "hues": hues(found),
        "states": [code for code in words.STATES if code in words.STATE_LABELS],
        "invented": SimpleNamespace(is_sample=True, sample_fields=[], source=""),
        "reported": SimpleNamespace(is_sample=False, sample_fields=["lead"], source="半岛都市报"),
        "diamonds": ["done", "claimed", "overdue", "due", "waived"],
        "icons": sorted(name for name in icons.ICONS if not name.startswith("light-")),
        "signs": SIGNS,
        "text": "\n".join([gettext("What happened, in bold."), gettext("Why, and what comes next.")]),
        "form": Sample({"bureau": "1", "forecast": "2022-06-30", "progress": "135"}),
        "tiles": [
            Tile(
                name="数字人民币场景",
                url="#figures",
                qualifier=str(Qualifier.MORE_THAN.label),
                figure="12",
                unit="万个",
                when="2021-08",
                is_sample=True,
            )
        ],
        "page": Paginator(range(133), 25).page(2),
    }
    return render(request, "design/design.html", context)
