from django.utils.translation import gettext_lazy as _

from kzafrica.analysis.models import Article, Author
from kzafrica.editorial.filters import DatedFilterSet
from kzafrica.editorial.references import reference_to
from kzafrica.filtering import KeyFilter, OrderFilter
from kzafrica.reference.models import Country, Theme
from kzafrica.translation import translated_names


class ArticleFilterSet(DatedFilterSet):
    """A country or a theme is that of an article which lists it among the records discussed."""

    search_fields = (*translated_names("title"), *translated_names("standfirst"))

    author = KeyFilter(
        queryset=Author.objects.filter(articles__in=Article.objects.published()).distinct(),
        field_name="authors",
        label=_("Author"),
    )
    country = KeyFilter(queryset=Country.objects.all(), key="alpha3", method="filter_listed", label=_("Country"))
    theme = KeyFilter(queryset=Theme.objects.all(), method="filter_listed", label=_("Theme"))
    ordering = OrderFilter({"date": ("date_order", "slug")})

    class Meta(DatedFilterSet.Meta):
        model = Article
        fields: list[str] = []

    def filter_listed(self, queryset, name, value):
        return queryset.listing(reference_to(value)) if value else queryset
