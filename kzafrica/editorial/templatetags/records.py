"""What templates ask about any record: where it is, whether sources disagree about it, how to cite it."""

from datetime import date, datetime

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.timezone import localtime

from kzafrica.dates import ImpreciseDate
from kzafrica.editorial.reporting import report_query

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
    """The form in which readers report an error of the present page."""
    request, path = getattr(context, "request", None), reverse("editorial:report")
    return f"{path}?{report_query(request)}" if request is not None else path


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
