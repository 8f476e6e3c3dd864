"""What templates ask about any record: where it is, whether sources disagree about it, how to cite it."""

from datetime import date, datetime

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.html import conditional_escape, format_html
from django.utils.timezone import localtime

from kzafrica.dates import ImpreciseDate
from kzafrica.editorial.reporting import is_page, report_query
from kzafrica.translation import language_of, language_read

register = template.Library()


@register.filter
def address(record) -> str:
    """Where readers find the record; empty for one that has no page or is not public."""
    if record is None or not hasattr(record, "get_absolute_url"):
        return ""
    if not getattr(record, "is_public", True) or not getattr(record, "has_dossier", True):
        return ""
    try:
        return record.get_absolute_url()
    except NoReverseMatch:
        return ""


# How far something has come, in the words of any vocabulary; words not listed need no mark.
TONES = {
    "announced": "pending",
    "confirmed": "pending",
    "planned": "pending",
    "postponed": "pending",
    "drafted": "pending",
    "submitted": "pending",
    "proposed": "pending",
    "explored": "pending",
    "raised": "pending",
    "negotiated": "pending",
    "agreed": "derived",
    "adopted": "good",
    "signed": "good",
    "ratified": "good",
    "in_force": "good",
    "under_way": "good",
    "operating": "good",
    "delivered": "good",
    "holds": "good",
    "in_part": "pending",
    "does_not_hold": "differs",
    "cancelled": "off",
    "ended": "off",
    "lapsed": "off",
    "closed": "off",
    "suspended": "off",
    "not_known": "off",
    "cannot_be_checked": "off",
}


@register.filter
def tone(word: str) -> str:
    """How the mark of a state is coloured; empty for one that goes without saying, such as a visit that was held."""
    return TONES.get(word, "")


@register.filter
def is_disputed(record) -> bool:
    """Whether a source states something else; reads what ``with_citations()`` prefetched."""
    return any(citation.differs for citation in record.all_citations())


@register.filter
def day_in_words(moment: date | datetime) -> str:
    """A day as dates of the record are written, whatever the format of the language's own."""
    day = localtime(moment).date() if isinstance(moment, datetime) else moment
    return ImpreciseDate.parse(day.isoformat()).text()


@register.filter
def named(record) -> str:
    """The name of a record, marked with its language where that is not the page's."""
    return in_its_language(str(record), _language_of_name(record))


@register.filter
def wording(record, name: str) -> str:
    """Translated words of a record, such as its summary, marked likewise."""
    return in_its_language(getattr(record, name), language_of(record, name))


@register.filter
def english(text: str) -> str:
    """What editors write in English alone: notes, reasons of corrections, titles in the change log."""
    return in_its_language(text, "en")


@register.filter
def is_untranslated(record) -> bool:
    """Whether the name or the summary of a record stands in English on a page in another language."""
    names = ("summary",) if _is_person(record) else ("title", "name", "text", "summary")
    return any(language_of(record, name) != language_read() for name in names if getattr(record, f"{name}_en", ""))


def in_its_language(text: str, language: str) -> str:
    """HTML of the text: in a span of its language, for browsers and screen readers, unless that is the page's."""
    is_of_page = not text or language == language_read()
    return conditional_escape(text) if is_of_page else format_html('<span lang="{}">{}</span>', language, text)


def _language_of_name(record) -> str:
    # The name of a person is of no language; a source keeps the title that it has in its own.
    if _is_person(record):
        return language_read()
    if hasattr(record, "title") and hasattr(record, "language"):
        return record.language
    for name in ("title", "name", "text"):
        if getattr(record, f"{name}_en", "") and str(record) == getattr(record, name):
            return language_of(record, name)
    return language_read()


def _is_person(record) -> bool:
    return getattr(record, "reference_kind", "") == "person"


@register.simple_tag(takes_context=True)
def api_address(context, resource: str, record=None) -> str:
    """The address of the record's API document, or of the list with the page's filters; empty where there is none."""
    try:
        path = reverse(f"api:{resource}-detail", args=[record.key]) if record else reverse(f"api:{resource}-list")
    except NoReverseMatch:
        return ""
    request = getattr(context, "request", None)
    if request is None:
        return path
    query = request.GET.copy()
    query.pop("page", None)
    return request.build_absolute_uri(f"{path}?{query.urlencode()}" if query and not record else path)


@register.simple_tag(takes_context=True)
def permanent_address(context, record) -> str:
    """The whole address of the record's page, to be cited."""
    request = getattr(context, "request", None)
    path = address(record)
    return request.build_absolute_uri(path) if request is not None and path else path


@register.simple_tag(takes_context=True)
def report_address(context) -> str:
    """The form in which readers report an error of the present page; at the address of a file, of the site."""
    request, path = getattr(context, "request", None), reverse("editorial:report")
    if request is None or (request.resolver_match is not None and not is_page(request.resolver_match)):
        return path
    return f"{path}?{report_query(request)}"


@register.simple_tag
def history_address(record) -> str:
    """The list of versions of a public record that readers have seen; empty for what has none."""
    if not getattr(record, "is_public", False):
        return ""
    return reverse("editorial:record_history", args=[record._meta.model_name, record.key])


@register.simple_tag
def version_address(record, number: int) -> str:
    """The version that the change of that number made."""
    return reverse("editorial:record_version", args=[record._meta.model_name, record.key, number])
