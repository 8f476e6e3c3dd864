"""Lists and pages of records, as every section shows them; the sections' own views name a queryset and a filterset."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import NamedTuple
from urllib.parse import urlencode

from django.db import models
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import DetailView
from django_filters.views import FilterView

from kzafrica.editorial.choices import ChangeAction
from kzafrica.editorial.corrections import corrections_of
from kzafrica.editorial.describing import describe_source
from kzafrica.editorial.evidence import evidence_of, statements_of
from kzafrica.editorial.filters import SourceFilterSet
from kzafrica.editorial.gone import sentence_about_gone
from kzafrica.editorial.models import Redirect, Source
from kzafrica.editorial.publishable import PublishableModel
from kzafrica.editorial.reuse import reuse_of, sources_of, trail_of
from kzafrica.editorial.templatetags.records import day_in_words
from kzafrica.editorial.version_pages import version_context
from kzafrica.editorial.versions import last_change_by, read_past_day, version_behind
from kzafrica.filtering import bad_parameters
from kzafrica.linked_data import Description
from kzafrica.problems import BadParameter, BadParameters, answer, gets_problem_document

CALENDAR = ("calendar", "text/calendar", gettext_lazy("Calendar"))
FEED = ("feed", "application/atom+xml", gettext_lazy("Feed (Atom)"))
FILES = (
    ("csv", "text/csv", "CSV"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "XLSX"),
)
FIELDS_OF_EVERY_LIST = ("source", "has_conflict", "updated_since", "ordering")


class FeedLink(NamedTuple):
    """A list as programs subscribe to it."""

    address: str
    media_type: str
    label: str


class StrictParameters:
    """What a list understands of its address, and a sentence for each parameter that is unknown or unreadable.

    Tracking parameters are forgiven. For a view over MultipleObjectMixin and FilterMixin.
    """

    def read_parameters(self) -> None:
        """Sets ``filterset``, None for a view that has no filters, and ``errors``."""
        has_filters = self.filterset_class is not None
        self.filterset = self.get_filterset(self.filterset_class) if has_filters else None
        self.errors = [*self.page_errors(), *self.filter_errors()]

    def filter_errors(self) -> list[BadParameter]:
        also = (self.page_kwarg,) if self.paginate_by else ()
        found = bad_parameters(self.request.GET, self.filterset, also=also, forgive_tracking=True)
        return [BadParameter(*error) for error in found]

    def page_errors(self) -> list[BadParameter]:
        page = self.request.GET.get(self.page_kwarg, "1")
        if not self.paginate_by or page == "last" or (page.isascii() and page.isdigit() and int(page[:9]) > 0):
            return []
        return [BadParameter(self.page_kwarg, _("“%s” is not a page: pages are counted from 1.") % page[:20])]

    def query_of(self, names: Iterable[str], **also: object) -> str:
        """The part of the address's query that fills one of the names, and more, behind a question mark; or nothing."""
        asked = {name: self.request.GET[name] for name in names if self.request.GET.get(name)} | also
        return f"?{urlencode(asked)}" if asked else ""


class RecordList(StrictParameters, FilterView):
    """Rows behind filters, 50 a page; one without a ``filterset_class`` takes no parameter but the page.

    A parameter that is unknown or unreadable answers 400 with the same page: the sentences, no rows, and the form to
    mend it. The template gets ``filter``, ``errors``, ``asked`` (what it is filtered by, in words), ``feeds``,
    ``files`` and what ListView gives.
    """

    template_name_suffix = "_list"
    paginate_by = 50
    # What stands before _calendar and _feed in the names of the addresses that offer the list; empty: none does.
    feed_name = ""
    # The forms in which it is offered: the end of the name, the media type and what a reader calls it.
    feed_forms: tuple[tuple[str, str, str], ...] = (CALENDAR, FEED)
    # What stands before _csv and _xlsx in the names of the addresses that give the list as a file; empty: none does.
    file_name = ""
    # Filters of the list that those do not have, or understand otherwise.
    feed_leaves_out: tuple[str, ...] = ()

    def get(self, request, *args, **kwargs) -> HttpResponse:
        self.read_parameters()
        if self.filterset is not None:
            put_in_order(self.filterset.form)
        self.object_list = self.rows_asked_for()
        context = self.get_context_data(filter=self.filterset, object_list=self.object_list)
        return self.render_to_response(context, status=400 if self.errors else 200)

    def rows_asked_for(self):
        """What the page is about; nothing where the address cannot be read."""
        if self.errors:
            return self.get_queryset().none()
        return self.filterset.qs if self.filterset is not None else self.get_queryset()

    def paginate_queryset(self, queryset, page_size):
        if self.errors:
            self.kwargs = {**self.kwargs, self.page_kwarg: 1}
        return super().paginate_queryset(queryset, page_size)

    def feeds(self) -> list[FeedLink]:
        """The calendar and the feed of what the page shows; nothing where the page itself cannot tell."""
        if not self.feed_name or self.errors:
            return []
        # A calendar has no order, and a feed has its own.
        query = self.query_of(
            name for name in self.filterset.filters if name not in {"ordering", *self.feed_leaves_out}
        )
        addresses = [reverse(f"{self.feed_name}_{form}") + query for form, _media_type, _label in self.feed_forms]
        return [
            FeedLink(self.request.build_absolute_uri(address), media_type, str(label))
            for address, (_form, media_type, label) in zip(addresses, self.feed_forms, strict=True)
        ]

    def files(self) -> list[FeedLink]:
        """What the page shows, all pages of it, as files; nothing where the page itself cannot tell."""
        if not self.file_name or self.errors:
            return []
        query = self.query_of(self.filterset.filters)
        return [
            FeedLink(self.request.build_absolute_uri(reverse(f"{self.file_name}_{ending}") + query), media_type, label)
            for ending, media_type, label in FILES
        ]

    def get_context_data(self, **context) -> dict:
        asked = list(words_asked_for(self.filterset)) if self.filterset is not None and not self.errors else []
        return super().get_context_data(
            errors=self.errors, asked=asked, feeds=self.feeds(), files=self.files(), **context
        )


class WithoutParameters:
    """A page that its address alone decides: a parameter is a mistake and answers 400; tracking ones are forgiven."""

    def known_parameters(self) -> tuple[str, ...]:
        """Those that the page takes nevertheless."""
        return ()

    def dispatch(self, request, *args, **kwargs) -> HttpResponse:
        errors = bad_parameters(request.GET, None, also=self.known_parameters(), forgive_tracking=True)
        if errors:
            raise BadParameters(errors)
        return super().dispatch(request, *args, **kwargs)


class RecordDetail(WithoutParameters, DetailView):
    """One public record with what sources say about it, as ``evidence``, and what was corrected of it.

    An address it once had leads to the present one; that of a withdrawn record answers 410 and says so. A record under
    workflow is shown as it stood when ``as_of`` asks for a day. ``describe`` says in a few words what a record is.
    """

    describe: Callable[[models.Model], Description] | None = None
    # The text that a record has beside its facts, as Markdown; most have none.
    markdown_body: Callable[[models.Model, HttpRequest], str] | None = None

    def known_parameters(self) -> tuple[str, ...]:
        return ("as_of",) if self.has_versions else ()

    @property
    def has_versions(self) -> bool:
        return issubclass(self.queryset.model, PublishableModel)

    def get(self, request, *args, **kwargs) -> HttpResponse:
        day = read_past_day(request.GET.get("as_of", ""))
        try:
            return super().get(request, *args, **kwargs) if day is None else self.as_it_stood(day)
        except Http404:
            return self.elsewhere(kwargs)

    def as_it_stood(self, day: date) -> HttpResponse:
        """The record at the end of a day. Raises Http404 where it is not public now."""
        record = get_object_or_404(
            self.queryset.model.objects.published(), **{self.slug_field: self.kwargs[self.slug_url_kwarg]}
        )
        change = last_change_by(record, day)
        if change is None:
            sentence = _("“%(record)s” was not public yet on %(day)s.")
            return answer(self.request, 404, sentence % {"record": record, "day": day_in_words(day)})
        if change.action == ChangeAction.WITHDRAWN:
            detail = _("This record was withdrawn on %(day)s, and came back later.")
            return answer_gone(self.request, detail % {"day": day_in_words(change.at)}, type(record), record.key)
        return TemplateResponse(
            self.request, "editorial/version.html", version_context(record, version_behind(change), day=day)
        )

    def elsewhere(self, kwargs: dict) -> HttpResponse:
        return elsewhere(self.request, self.queryset.model, self.slug_field, kwargs[self.slug_url_kwarg])

    def get_context_data(self, **context) -> dict:
        if self.has_versions and "evidence" not in context:
            context["evidence"] = evidence_of(self.object)
        context["corrections"] = corrections_of(self.object) if self.has_versions else ()
        # A draft that is previewed has no address to be cited by.
        if self.describe is not None and getattr(self.object, "is_public", True):
            context["reuse"] = reuse_of(
                self.request,
                self.object,
                self.describe(self.object),
                sources=sources_of(context.get("evidence")),
                trail=trail_of(self.request, type(self.object)),
            )
        return super().get_context_data(**context)


def elsewhere(request, model: type[models.Model], key_field: str, key: str, args: tuple = ()) -> HttpResponse:
    """The answer for a key without a public record. Raises Http404 if it never had one.

    ``args`` stand in the address around the key: what comes before it, and what after.
    """
    redirect = Redirect.objects.of(model, key).seen_by_readers(model).first()
    if redirect is not None:
        before, after = args or ((), ())
        address = reverse(request.resolver_match.view_name, args=[*before, redirect.target_key, *after])
        query = request.META.get("QUERY_STRING")
        return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)
    detail = sentence_about_gone(model, key_field, key)
    if detail is None:
        raise Http404
    return answer_gone(request, detail, model, key)


def answer_gone(request, detail: str, model: type[models.Model], key: str) -> HttpResponse:
    """That a record is not to be seen here, and nothing of it; ``gone`` in the context names it for a report."""
    if gets_problem_document(request):
        return answer(request, 410, detail)
    gone = {"record_type": model._meta.label_lower, "record_key": key}
    context = {"status": 410, "title": _("Withdrawn"), "detail": detail, "gone": gone}
    return TemplateResponse(request, "410.html", context, status=410)


def words_asked_for(filterset) -> Iterator[str]:
    """What the filters were asked for, in the words of their form: ``Country: Rwanda``."""
    # A form that was not sent at all has no cleaned data.
    for name, field in filterset.form.fields.items() if filterset.is_bound else ():
        value = filterset.form.cleaned_data[name]
        if name == "ordering" or value in (None, "", []):
            continue
        if isinstance(value, models.Model):
            words = str(value)
        elif isinstance(value, list):
            # Records that share a name are named once; a name may have a comma in it.
            words = "; ".join(dict.fromkeys(str(record) for record in value))
        elif isinstance(value, date):
            words = day_in_words(value)
        else:
            labels = dict(getattr(field, "choices", ()))
            # Yes and no are True and False by now.
            words = labels.get(value) or labels.get(str(value).lower(), filterset.data[name])
        yield f"{field.label}: {words}"


def put_in_order(form: Form) -> None:
    """Words first, then what is particular to the list, then what every list has."""
    particular = [name for name in form.fields if name not in {"q", *FIELDS_OF_EVERY_LIST}]
    form.order_fields(["q", *particular])


class SourceList(RecordList):
    queryset = Source.objects.published().for_list().order_by("-published_order", "slug")
    filterset_class = SourceFilterSet
    feed_name = "editorial:source"
    feed_forms = (FEED,)
    file_name = "editorial:source"


class SourceDetail(RecordDetail):
    describe = staticmethod(describe_source)
    queryset = Source.objects.published().for_detail()

    def get_context_data(self, **context) -> dict:
        return super().get_context_data(evidence=None, says=statements_of(self.object), **context)
