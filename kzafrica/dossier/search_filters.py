"""What a search understands of its address, for the page and the API alike."""

import django_filters
from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kzafrica.filtering import KeyFilter, StrictChoiceFilter, YearFilter, YesNoFilter
from kzafrica.reference.models import Country
from kzafrica.search.finding import Question
from kzafrica.search.index import searchables
from kzafrica.search.models import IndexedDocument
from kzafrica.search.query import read_query

LONGEST_QUESTION = 200
# How many results may come before a page: OpenSearch gives ten thousand, those of the page included.
FURTHEST = 9_500
MOST_WORDS = 30


def without_nul(text: str) -> str:
    return text.replace("\x00", " ")


class WordsField(forms.CharField):
    """Words to look for: any signs, but not without end."""

    def clean(self, value) -> str:
        # PostgreSQL keeps no NUL, HTML allows none, and nobody means one.
        text = super().clean(without_nul(value or ""))
        if len(text) > LONGEST_QUESTION:
            sentence = ngettext(
                "This is %(count)s character long. Ask with %(most)s at most.",
                "This is %(count)s characters long. Ask with %(most)s at most.",
                len(text),
            )
            raise forms.ValidationError(sentence % {"count": len(text), "most": LONGEST_QUESTION})
        count = len(read_query(text).clauses)
        if count > MOST_WORDS:
            raise forms.ValidationError(
                _("These are %(count)s words. Ask with %(most)s at most.") % {"count": count, "most": MOST_WORDS}
            )
        return text


class WordsFilter(django_filters.CharFilter):
    field_class = WordsField


class SearchFilterSet(django_filters.FilterSet):
    """Words and what documents are narrowed to. The back end of the search finds them, not a queryset."""

    q = WordsFilter(
        method="ask",
        label=gettext_lazy("Words"),
        help_text="Words in any of four languages, names in any script, codes; a phrase in quotation marks. "
        f"At most {LONGEST_QUESTION} characters.",
    )
    type = StrictChoiceFilter(
        choices=[(kind.type, kind.labels) for kind in searchables().values()], method="ask", label=gettext_lazy("Kind")
    )
    country = KeyFilter(queryset=Country.objects.all(), key="alpha3", method="ask", label=gettext_lazy("Country"))
    year = YearFilter(method="ask", label=gettext_lazy("Year"))
    language = StrictChoiceFilter(
        choices=settings.LANGUAGES,
        method="ask",
        label=gettext_lazy("Language of the text"),
    )
    exact = YesNoFilter(method="ask", label=gettext_lazy("As spelt, without suggestions"))

    class Meta:
        model = IndexedDocument
        fields: list[str] = []

    def ask(self, queryset, name, value):
        return queryset

    @property
    def question(self) -> Question:
        """What is asked. Call when the form is valid."""
        said = self.form.cleaned_data if self.is_bound else {}
        country = said.get("country")
        return Question(
            words=said.get("q") or "",
            type=said.get("type") or "",
            country=country.alpha3 if country else "",
            year=said.get("year"),
            language=said.get("language") or "",
            is_exact=bool(said.get("exact")),
        )
