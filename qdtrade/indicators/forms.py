"""What a person types about readings. Whether it is right is asked of `rules`, by the act itself."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from qdtrade.posted import MarkedForm

from .figures import LONGEST, WrongFigure, figure_of
from .models import Indicator, Qualifier, Reading
from .said import value_words

DAY = forms.DateInput(attrs={"type": "date", "class": "date"}, format="%Y-%m-%d")


class FigureField(forms.Field):
    """A value in the indicator's unit, however it is written."""

    def __init__(self, indicator: Indicator, **kwargs: Any) -> None:
        attrs = {"autocomplete": "off", "class": "amount", "maxlength": LONGEST}
        super().__init__(widget=forms.TextInput(attrs=attrs), **kwargs)
        self.indicator = indicator

    def to_python(self, value: Any) -> Decimal | None:
        if value in self.empty_values or not str(value).strip():
            return None
        try:
            return figure_of(str(value), self.indicator)
        except WrongFigure:
            words = _("“%(text)s” is no figure of this indicator. Write it like %(example)s.")
            example = value_words(self.indicator, Decimal(self.indicator.scale) * 12)
            raise ValidationError(words % {"text": str(value)[:LONGEST], "example": example}) from None

    def prepare_value(self, value: Any) -> Any:
        return value_words(self.indicator, value) if isinstance(value, Decimal) else value


class ReadingForm(MarkedForm):
    """A reading of one indicator; a correction says what was wrong."""

    period = forms.CharField(
        label=pgettext_lazy("indicator", "Period"), required=False, max_length=40,
        help_text=gettext_lazy("In the words of its source, such as 2021年上半年."),
    )  # fmt: skip
    on = forms.DateField(
        label=pgettext_lazy("indicator", "Day that it stands for"), required=False, widget=DAY,
        help_text=gettext_lazy("The last day of that time; readings are put in order by it."),
    )  # fmt: skip
    qualifier = forms.ChoiceField(label=gettext_lazy("How exact"), choices=Qualifier.choices)
    source = forms.CharField(
        label=gettext_lazy("Source"), required=False, max_length=200,
        help_text=gettext_lazy("The statistics, letter or report that says so."),
    )  # fmt: skip
    note = forms.CharField(label=gettext_lazy("Note"), required=False, max_length=200)
    reason = forms.CharField(label=gettext_lazy("Why it is corrected"), required=False, max_length=200)

    def __init__(
        self,
        data: Any = None,
        *,
        indicator: Indicator,
        reading: Reading | None = None,
        is_correction: bool = False,
    ) -> None:
        initial = {name: getattr(reading, name) for name in Reading.said_fields} if reading else {}
        super().__init__(data, initial=initial)
        if indicator.form == Indicator.Form.WORDS:
            self.fields["words"] = forms.CharField(
                label=_("Standing"), required=False, max_length=40, help_text=_("Such as 第一梯队.")
            )
        else:
            unit = _("In %(unit)s; 0 is a value.") % {"unit": indicator.unit or _("whole numbers")}
            self.fields["value"] = FigureField(
                indicator,
                label=_("Value"),
                required=False,
                help_text=f"{unit} {self._multiples(indicator)}".strip(),
            )
        if not is_correction:
            del self.fields["reason"]
        elif reading is not None:
            del self.fields["period"]
        self.order_fields(["period", "on", "qualifier", "value", "words", "source", "note", "reason"])

    @staticmethod
    def _multiples(indicator: Indicator) -> str:
        """How a large figure may be written."""
        if indicator.scale == Indicator.Scale.ONE:
            return ""
        return _("Such as %(example)s.") % {"example": value_words(indicator, Decimal(indicator.scale) * 12)}

    def said(self) -> dict[str, Any]:
        """What the action or move takes."""
        return {name: value for name, value in self.cleaned_data.items() if name != "reason"}
