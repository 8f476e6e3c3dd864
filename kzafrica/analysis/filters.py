from django.utils.translation import gettext_lazy as _

from kzafrica.analysis.models import Article, Author
from kzafrica.editorial.filters import DatedFilterSet
from kzafrica.filtering import KeyFilter, OrderFilter
from kzafrica.translation import translated_names


class ArticleFilterSet(DatedFilterSet):
    search_fields = (*translated_names("title"), *translated_names("standfirst"))

    author = KeyFilter(
        queryset=Author.objects.filter(articles__in=Article.objects.published()).distinct(),
        field_name="authors",
        label=_("Author"),
    )
    ordering = OrderFilter({"date": ("date_order", "slug")})

    class Meta(DatedFilterSet.Meta):
        model = Article
        fields: list[str] = []
