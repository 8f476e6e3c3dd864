"""What stands beside the page of every record: its citations, a share image, a card to embed."""

from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import cache_control
from django.views.decorators.clickjacking import xframe_options_exempt

from kzafrica import bibliography
from kzafrica.bibliography import Form
from kzafrica.editorial.publishable import PublishableModel
from kzafrica.editorial.record_markdown import record_in_markdown
from kzafrica.editorial.reuse import Reuse, reuse_of
from kzafrica.editorial.version_pages import version_context
from kzafrica.editorial.versions import changes_at, version_behind
from kzafrica.editorial.views import WithoutParameters, elsewhere
from kzafrica.linked_data import LICENCE_ADDRESS, Description, PageFacts
from kzafrica.problems import BadParameters
from kzafrica.share_images import share_image

# Fields of a version that a card has no room for are left to the page of the version.
CARD_FIELDS, CARD_WORDS = 6, 160


class BesideRecord(WithoutParameters, View):
    """Something about one public record, found as its page finds it: 404, 410 and redirects are those of the page."""

    # The view of the page.
    detail: type | None = None

    def get(self, request: HttpRequest, slug: str, **rest) -> HttpResponse:
        detail = self.detail
        record = detail.queryset.all().filter(**{detail.slug_field: slug}).first()
        if record is None:
            return elsewhere(request, detail.queryset.model, detail.slug_field, slug, args=((), tuple(rest.values())))
        return self.answer(record, detail.describe(record), **rest)

    def answer(self, record, description: Description, **rest) -> HttpResponse:
        """What stands beside the record, made of what its page says of it."""
        raise NotImplementedError


def citation_answer(reuse: Reuse, form: str) -> HttpResponse:
    """A citation as a file; 404 for a form there is not."""
    if form not in list(Form):
        raise Http404
    kind = Form(form)
    response = HttpResponse(bibliography.citation(reuse.work, kind), content_type=f"{kind.media_type}; charset=utf-8")
    is_read_here = kind in (Form.TEXT, Form.CSL)
    disposition = "inline" if is_read_here else "attachment"
    response["Content-Disposition"] = f'{disposition}; filename="{reuse.work.key}.{kind}"'
    return response


class CitationFile(BesideRecord):
    """How to cite a record: ``cite.txt``, ``cite.bib``, ``cite.ris``, ``cite.json``."""

    def answer(self, record, description: Description, form: str) -> HttpResponse:
        return citation_answer(reuse_of(self.request, record, description), form)


class ShareImage(BesideRecord):
    """What other sites show of the page, as PNG."""

    def answer(self, record, description: Description) -> HttpResponse:
        return image_answer(self.request, record, description)


def image_answer(request: HttpRequest, record, description: Description) -> HttpResponse:
    address = request.build_absolute_uri(record.get_absolute_url())
    return HttpResponse(share_image(description, address), content_type="image/png")


# Any site may show these pages in a frame, and no other page of ours. An answer that says "not modified" would take
# the strict policy of all others along, which browsers then apply to what they keep: so these have no ETag.
embeddable = (
    csp_replace({"frame-ancestors": ["*"]}),
    xframe_options_exempt,
    cache_control(public=True, max_age=600),
)


class Embeddable:
    """A page for the frame of another site: no script, no menu, one link back."""

    @classmethod
    def as_view(cls, **options):
        view = super().as_view(**options)
        for decorator in embeddable:
            view = decorator(view)
        return view


class RecordEmbed(Embeddable, BesideRecord):
    """A record as a card: as it stands, or as the version stands that ``version`` names."""

    def known_parameters(self) -> tuple[str, ...]:
        return ("version",)

    def answer(self, record, description: Description) -> HttpResponse:
        if not isinstance(record, PublishableModel):
            raise Http404
        asked = self.request.GET.get("version", "")
        context = {"record": record, "said": description, "language": get_language() or "en"}
        if asked:
            context |= self.as_it_stood(record, asked)
        return TemplateResponse(self.request, "embed/record.html", context)

    def as_it_stood(self, record: PublishableModel, asked: str) -> dict:
        number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) <= 18 else None
        change = changes_at(record).filter(number=number).first() if number is not None else None
        version = version_behind(change) if change is not None else None
        if version is None:
            sentence = _("“%(version)s” is no version of this record: take a number from the list of its versions.")
            raise BadParameters([("version", sentence % {"version": asked[:20]})])
        context = version_context(record, version)
        rows = [(label, words) for label, words in context["shown"].fields if words and len(words) <= CARD_WORDS]
        return {"version": version, "fields": rows[1 : CARD_FIELDS + 1], "version_address": context["address"]}


def markdown_answer(text: str, page: PageFacts) -> HttpResponse:
    """A page as Markdown (RFC 7763); search engines are led to the page itself."""
    response = HttpResponse(text, content_type="text/markdown; charset=utf-8; variant=CommonMark")
    response["Link"] = f'<{page.address}>; rel="canonical", <{LICENCE_ADDRESS}>; rel="license"'
    return response


class MarkdownFile(BesideRecord):
    """The page of a record as Markdown, at its address with ``.md`` in place of the last stroke."""

    def answer(self, record, description: Description) -> HttpResponse:
        reuse = reuse_of(self.request, record, description)
        body_of = self.detail.markdown_body
        body = body_of(record, self.request) if body_of is not None else ""
        return markdown_answer(record_in_markdown(self.request, record, reuse, body), reuse.page)


def pages_of(detail: type, stem: str, *, prefix: str = "") -> list[URLPattern]:
    """The addresses of a record: its page, and what stands beside it. ``stem`` begins their names."""
    at = f"{prefix}<slug:slug>/"
    return [
        path(at, detail.as_view(), name=f"{stem}_detail"),
        path(f"{at.rstrip('/')}.md", MarkdownFile.as_view(detail=detail), name=f"{stem}_markdown"),
        path(f"{at}cite.<slug:form>", CitationFile.as_view(detail=detail), name=f"{stem}_citation"),
        path(f"{at}share.png", ShareImage.as_view(detail=detail), name=f"{stem}_share_image"),
        path(f"{at}embed/", RecordEmbed.as_view(detail=detail), name=f"{stem}_embed"),
    ]
