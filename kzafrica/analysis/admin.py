from django.contrib import admin, messages
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kzafrica.analysis.checking import faults_of
from kzafrica.analysis.live import load_named
from kzafrica.analysis.models import Article, Author
from kzafrica.editorial.naming import label_in_full
from kzafrica.prose import Prose, read_prose
from kzafrica.translation import translated_names
from kzafrica.workshop.records import RecordAdmin, ReferenceAdmin

# More sentences than this hide the rest of the page; the others come up when these are mended.
MOST_FAULTS = 12


@admin.register(Author)
class AuthorAdmin(ReferenceAdmin):
    search_fields = ("name",)


@admin.register(Article)
class ArticleAdmin(RecordAdmin):
    """Whoever saves an article is told what its text was understood to name, and what would keep it from readers."""

    list_extra = ("date",)
    search_fields = ("title_en", "slug")
    told_apart_by = ("date",)

    def formfield_for_dbfield(self, db_field, request, **options):
        field = super().formfield_for_dbfield(db_field, request, **options)
        if db_field.name in translated_names("body"):
            field.widget.attrs["rows"] = 24
        return field

    def save_related(self, request, form, formsets, change) -> None:
        super().save_related(request, form, formsets, change)
        request.texts_saved = form.instance.texts()
        request.sources_cited = [citation.source for citation in form.instance.citations.select_related("source")]

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        answer = super().changeform_view(request, object_id, form_url, extra_context)
        # Of what was saved, and of a proposal, whose form was saved and undone.
        for name, text in getattr(request, "texts_saved", {}).items() if answer.status_code == 302 else ():
            self._tell(request, capfirst(label_in_full(name)), text)
        return answer

    def _tell(self, request, label: str, text: Prose) -> None:
        if understood := understood_in(text):
            self.message_user(request, f"{label}: {understood}", messages.INFO)
        faults = faults_of(text, request.sources_cited)
        for fault in faults[:MOST_FAULTS]:
            self.message_user(request, f"{label}: {fault}", messages.WARNING)


def understood_in(text: Prose | str) -> str:
    """The live numbers and the sources that were understood, in words; empty where the text names none."""
    text = read_prose(text) if isinstance(text, str) else text
    named = load_named([text])
    said = []
    if numbers := list(dict.fromkeys(each.name for each in text.live if each.name in named.numbers)):
        told = "; ".join(f"{named.numbers[name].title}: {named.numbers[name].text}" for name in numbers)
        sentence = ngettext("%(count)s live number (%(told)s)", "%(count)s live numbers (%(told)s)", len(numbers))
        said.append(sentence % {"count": len(numbers), "told": told})
    if sources := [cited for cited in text.sources if cited.name in named.sources]:
        sentence = ngettext("%s citation in footnotes", "%s citations in footnotes", len(sources))
        said.append(sentence % len(sources))
    return _("understood %s.") % "; ".join(said) if said else ""
