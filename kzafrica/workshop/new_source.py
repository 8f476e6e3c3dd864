"""A source that is named while records are written down from it: taken if it is known, asked for in short if not."""

import re
from dataclasses import dataclass, field

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from kzafrica.editorial.content import plain_value
from kzafrica.editorial.labels import field_label
from kzafrica.editorial.models import Source
from kzafrica.editorial.web_addresses import guessed_from, is_address, sources_at, sources_cited_as, with_scheme
from kzafrica.transliteration import slug_of
from kzafrica.workshop.fields import put_widget
from kzafrica.workshop.said import twins_of
from kzafrica.workshop.sources_alike import SOURCES
from kzafrica.workshop.texts import RecordForm, limit_text
from kzafrica.workshop.widgets import ShortDateInput

ESSENTIAL = ("title", "published", "publisher", "kind", "language")
# Languages by letters that tell them, the fewest first.
_LETTERS = (
    ("kk", re.compile("[әғқңөұүһі]", re.IGNORECASE)),
    ("ru", re.compile("[а-яё]", re.IGNORECASE)),
    ("fa", re.compile("[پچژگ]")),
    ("ar", re.compile("[ء-ي]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
)


@dataclass(frozen=True)
class Named:
    """What an address or citation names: a known source; else what is likely true of a new one, and its likes."""

    text: str
    source: Source | None = None
    guessed: dict[str, str] = field(default_factory=dict)

    @property
    def is_new(self) -> bool:
        return bool(self.text) and self.source is None


def source_named(text: str) -> Named:
    """Look up an address, however it was copied, the key of a source, or ``publisher: title``. Fetches nothing."""
    text = text.strip()
    if not text:
        return Named("")
    if is_address(text):
        known = sources_at(text)
        return Named(text, known[0]) if known else Named(text, guessed={**guessed_from(text), "url": with_scheme(text)})
    known = sources_cited_as(text)
    if len(known) == 1:
        return Named(text, known[0])
    publisher, colon, title = (part.strip() for part in text.partition(":"))
    guessed = {"title": title, "publisher": publisher} if colon and title else {"title": text}
    return Named(text, guessed={"kind": "news", "language": language_of(text), **guessed})


def language_of(text: str, likely: str = "en") -> str:
    """The language that the letters of a text tell; the likely one where they are Latin, or may be of it."""
    told = next((language for language, letters in _LETTERS if letters.search(text)), likely)
    # A title may have none of the letters that Kazakh and Persian add.
    return likely if (told, likely) in {("ru", "kk"), ("ar", "fa")} else told


class NewSourceForm(RecordForm):
    """A source in a few fields; what stands to be guessed comes last."""

    use_required_attribute = False

    class Meta:
        model = Source
        fields = (*ESSENTIAL, "url", "slug")

    def __init__(self, *args, **options) -> None:
        super().__init__(*args, **options)
        for name, made in self.fields.items():
            made.label = capfirst(field_label(name))
            made.help_text = ""
            if isinstance(made, forms.CharField):
                limit_text(made, Source._meta.get_field(name))
        self.fields["slug"].required = False
        self.fields["slug"].label = _("Key")
        self.fields["slug"].help_text = _("Made from publisher, date and title if you leave it empty.")
        put_widget(self.fields["published"], ShortDateInput(self.fields["published"].widget.attrs))
        self.fields["published"].help_text = _("2025-09-10, 2025-09, 2025; empty where it does not say.")
        self.fields["language"].help_text = _("By the letters of the title, unless you choose another.")
        self.fields["title"].widget.attrs["class"] = "vLargeTextField"

    def clean(self) -> dict:
        cleaned = super().clean()
        if cleaned.get("language") and "language" not in self.changed_data:
            cleaned["language"] = language_of(cleaned.get("title", ""), cleaned["language"])
        if not cleaned.get("slug") and "slug" not in self.errors:
            cleaned["slug"] = free_slug(cleaned)
        return cleaned

    @property
    def essential_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in ESSENTIAL]

    @property
    def more_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in ("url", "slug")]

    @property
    def likes(self) -> list[Source]:
        """The known sources that may be this one."""
        typed = getattr(self, "cleaned_data", None) or self.initial
        return twins_of(SOURCES, Source, {name: plain_value(value) for name, value in typed.items()})

    def content(self) -> dict:
        """The source as plain data. Call once it is valid."""
        names = (*ESSENTIAL, "url", "slug")
        content = {name: plain_value(self.cleaned_data[name]) for name in names}
        return {name: value for name, value in content.items() if value}


def free_slug(typed: dict) -> str:
    """``astana-times-2025-09-10-leaders-meet``; with a number behind it where that is taken."""
    date = typed.get("published")
    words = [typed.get("publisher") or "", date.edtf if date else "", typed.get("title") or ""]
    slug = slug_of(" ".join(words), 90) or "source"
    number, made = 1, slug
    while Source.objects.filter(slug=made).exists():
        number += 1
        made = f"{slug}-{number}"
    return made
