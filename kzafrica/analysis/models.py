from collections.abc import Iterable

from django.db import models
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from kzafrica.analysis.checking import faults_of
from kzafrica.analysis.live import as_published
from kzafrica.analysis.querysets import ArticleQuerySet
from kzafrica.date_fields import ImpreciseDateField
from kzafrica.editorial.naming import label_in_full
from kzafrica.editorial.prose import ProseField
from kzafrica.editorial.publishable import Keyed, PublishableModel
from kzafrica.editorial.references import ReferenceField
from kzafrica.prose import Prose, read_prose
from kzafrica.translation import Translated, translated_names

BODY_HELP = _(
    "Markdown: ## for a heading, *emphasis*, [words](address). "
    "A live number: {{figure/turnover-kaz-africa-2024}}, by the last part of the address of a figure; its period: "
    "{{figure/turnover-kaz-africa-2024 period}}; how many embassies a state had in Africa on a day: "
    "{{network/KAZ/2025-09-14}}. "
    "A footnote: [^1] in the text and, on a line of its own, [^1]: source/, the last part of the address of a source, "
    "a comma and the place in it; or both at once: ^[source/…, page 2]. "
    "Readers see the number with its unit and the source with its title and date. Publishing is refused where one of "
    "them is not there."
)


class Author(Keyed):
    """A person or a body that signs analysis on this site."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=150)
    is_organization = models.BooleanField(
        default=False, help_text=_("Whether a body signs, such as the editors together, and no person.")
    )
    affiliation = Translated(
        models.CharField, max_length=200, blank=True, help_text=_("Post and house, in a few words, for the byline.")
    )
    bio = Translated(
        models.TextField, blank=True, help_text=_("Who that is and what they work on, in a few sentences.")
    )

    class Meta:
        ordering = ("name", "slug")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("analysis:author_detail", args=[self.slug])


class Article(PublishableModel):
    """A signed piece of analysis that draws on the record."""

    title = Translated(models.CharField, max_length=200)
    standfirst = Translated(models.TextField, blank=True, help_text=_("Two sentences under the title."))
    body = Translated(ProseField, help_text=BODY_HELP)
    authors = models.ManyToManyField(Author, related_name="articles")
    date = ImpreciseDateField(blank=True, help_text=_("The day of publication."))
    disclaimer = Translated(models.TextField, blank=True, help_text=_("Whose views these are."))
    # By the name of each live number: the number when readers first met it here, and that day. See live.Published.
    numbers_as_published = models.JSONField(default=dict, editable=False)

    objects = ArticleQuerySet.as_manager()
    part_names = ("records_discussed",)
    reference_kind = "article"

    class Meta(PublishableModel.Meta):
        ordering = ("date_order", "slug")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("analysis:article_detail", args=[self.slug])

    def texts(self) -> dict[str, Prose]:
        """The bodies that are written, by their column."""
        written = {name: getattr(self, name) for name in translated_names("body")}
        return {name: read_prose(text) for name, text in written.items() if text}

    def has_support(self) -> bool:
        """A footnote that cites a source is a citation."""
        return super().has_support() or any(text.sources for text in self.texts().values())

    def faults_before_readers(self, becoming_public: Iterable[models.Model] = ()) -> list[str]:
        becoming_public = list(becoming_public)
        return [
            f"{capfirst(label_in_full(name))}: {fault}"
            for name, text in self.texts().items()
            for fault in faults_of(text, becoming_public)
        ]

    def visibility_changed(self) -> Iterable[PublishableModel]:
        before = self.numbers_as_published
        self.numbers_as_published = as_published(self.texts().values(), before) if self.is_public else {}
        if self.numbers_as_published != before:
            self.save(update_fields=["numbers_as_published"])
        return ()

    def name_changed(self, old: str, new: str) -> None:
        if old in self.numbers_as_published:
            self.numbers_as_published[new] = self.numbers_as_published.pop(old)
            self.save(update_fields=["numbers_as_published"])


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
