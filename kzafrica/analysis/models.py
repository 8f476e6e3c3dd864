from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kzafrica.analysis.querysets import ArticleQuerySet
from kzafrica.date_fields import ImpreciseDateField
from kzafrica.editorial.publishable import Keyed, PublishableModel
from kzafrica.editorial.references import ReferenceField
from kzafrica.translation import Translated


class Author(Keyed):
    """A person who signs analysis on this site."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=150)
    bio = Translated(models.TextField, blank=True, help_text=_("Post and field, as the author wants them printed."))

    class Meta:
        ordering = ("name", "slug")

    def __str__(self) -> str:
        return self.name


class Article(PublishableModel):
    """A signed piece of analysis that draws on the record."""

    title = Translated(models.CharField, max_length=200)
    standfirst = Translated(models.TextField, blank=True, help_text=_("Two sentences under the title."))
    body = Translated(models.TextField, help_text=_("Markdown."))
    authors = models.ManyToManyField(Author, related_name="articles")
    date = ImpreciseDateField(blank=True, help_text=_("The day of publication."))
    disclaimer = Translated(models.TextField, blank=True, help_text=_("Whose views these are."))

    objects = ArticleQuerySet.as_manager()
    part_names = ("records_discussed",)
    reference_kind = "article"

    class Meta(PublishableModel.Meta):
        ordering = ("date_order", "slug")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("analysis:article_detail", args=[self.slug])


class RecordDiscussed(models.Model):
    """A record that an article draws on."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="records_discussed")
    record = ReferenceField(help_text=_("Such as event/…, figure/… or country/COD."))
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "pk")
        verbose_name_plural = _("records discussed")

    def __str__(self) -> str:
        return self.record
