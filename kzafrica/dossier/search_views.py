"""The page of the search."""

from typing import NamedTuple

from django.core.paginator import EmptyPage, Paginator
from django.http import Http404, HttpResponse
from django.urls import translate_url
from django.utils.functional import cached_property
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from django_filters.views import FilterMixin

from kzafrica.dates import ImpreciseDate
from kzafrica.dossier.search_filters import FURTHEST, LONGEST_QUESTION, SearchFilterSet, without_nul
from kzafrica.editorial.views import StrictParameters
from kzafrica.problems import BadParameter
from kzafrica.problems import answer as problem_answer
from kzafrica.search.engines import EngineFailure
from kzafrica.search.finding import Answer, Result, find
from kzafrica.search.index import searchables
from kzafrica.search.models import IndexedDocument

RESULTS_ON_A_PAGE = 20
NARROWING = ("country", "year", "language")
EXAMPLES = ("Tokayev", "Конго", "embassy Kenya", "уран", "“state visit”", "0902")


class Row(NamedTuple):
    """A result as the template shows it."""

    result: Result
    label: str
    address: str
    date: ImpreciseDate | None


class Chip(NamedTuple):
    """A type, how many were found of it, and whether only it is shown."""

    type: str
    label: str
    count: int
    is_chosen: bool


class SearchPage(StrictParameters, FilterMixin, TemplateView):
    """Everything public that holds the words that are asked for."""

    template_name = "dossier/search.html"
    filterset_class = SearchFilterSet
    page_kwarg = "page"
    paginate_by = RESULTS_ON_A_PAGE

    def get_queryset(self):
        return IndexedDocument.objects.none()

    def page_errors(self) -> list[BadParameter]:
        page = self.request.GET.get(self.page_kwarg, "1")
        if page.isascii() and page.isdigit() and int(page[:9]) > 0:
            return []
        return [BadParameter(self.page_kwarg, _("“%s” is not a page: pages are counted from 1.") % page[:20])]

    @cached_property
    def page_number(self) -> int:
        return int(self.request.GET.get(self.page_kwarg, "1")[:9])

    def get(self, request, *args, **kwargs) -> HttpResponse:
        self.read_parameters()
        try:
            context = self.found() if not self.errors else {}
        except EngineFailure:
            return problem_answer(
                request, 503, _("The search does not answer at the moment. Try again a little later.")
            )
        form = self.filterset.form
        narrowing = [form[name] for name in NARROWING]
        words = without_nul(request.GET.get("q", ""))[:LONGEST_QUESTION]
        context |= {"form": form, "words": words, "narrowing": narrowing, "errors": self.errors, "examples": EXAMPLES}
        response = self.render_to_response(self.get_context_data(**context))
        response.status_code = 400 if self.errors else 200
        return response

    def found(self) -> dict:
        question = self.filterset.question
        offset = (self.page_number - 1) * RESULTS_ON_A_PAGE
        if offset > FURTHEST:
            raise Http404
        answer = find(question, offset=offset, limit=RESULTS_ON_A_PAGE, reader_language=get_language() or "en")
        try:
            page = Paginator(range(answer.total), RESULTS_ON_A_PAGE).page(self.page_number)
        except EmptyPage:
            raise Http404 from None
        return {
            "question": question,
            "answer": answer,
            "rows": [row_of(result) for result in answer.results],
            "chips": chips_of(answer, question.type),
            "all_types": sum(answer.counts.values()),
            "page_obj": page,
            "is_narrowed": bool(question.country or question.year or question.language),
        }


def row_of(result: Result) -> Row:
    document = result.document
    date = ImpreciseDate.parse(document.edtf) if document.edtf else None
    return Row(result, str(searchables()[document.type].label), address_of(document), date)


def address_of(document: IndexedDocument) -> str:
    """Where readers find it, in the language of the request."""
    language = get_language() or "en"
    # The index keeps English addresses, and an address is understood in its own language alone.
    with override("en"):
        return translate_url(document.address, language)


def chips_of(answer: Answer, chosen: str) -> list[Chip]:
    return [
        Chip(kind.type, str(kind.labels), answer.counts.get(kind.type, 0), kind.type == chosen)
        for kind in searchables().values()
        if answer.counts.get(kind.type) or kind.type == chosen
    ]
