"""What stands beside the home page and the page of a pair: a share image, and how a pair is cited."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views import View

from kzafrica.dossier.metadata import describe_dossier, describe_home
from kzafrica.dossier.pair_markdown import dossier_in_markdown
from kzafrica.dossier.pair_views import OfPair
from kzafrica.editorial.reuse import reuse_of
from kzafrica.editorial.reuse_views import citation_answer, image_answer, markdown_answer
from kzafrica.editorial.views import WithoutParameters
from kzafrica.share_images import share_image


class HomeShareImage(WithoutParameters, View):
    """What other sites show of the home page, and of every page that has no image of its own."""

    def get(self, request: HttpRequest) -> HttpResponse:
        image = share_image(describe_home(), request.build_absolute_uri(reverse("dossier:home")))
        return HttpResponse(image, content_type="image/png")


class BesidePair(View):
    """The last step of ``OfPair``, which has found the dossier."""

    def get(self, request: HttpRequest, **rest) -> HttpResponse:
        return self.answer(request, **rest)


class PairCitation(WithoutParameters, OfPair, BesidePair):
    def answer(self, request: HttpRequest, form: str) -> HttpResponse:
        return citation_answer(reuse_of(request, self.dossier, describe_dossier(self.dossier)), form)


class PairMarkdown(WithoutParameters, OfPair, BesidePair):
    def answer(self, request: HttpRequest) -> HttpResponse:
        reuse = reuse_of(request, self.dossier, describe_dossier(self.dossier))
        return markdown_answer(dossier_in_markdown(request, self.dossier, reuse), reuse.page)


class PairShareImage(WithoutParameters, OfPair, BesidePair):
    def answer(self, request: HttpRequest) -> HttpResponse:
        return image_answer(request, self.dossier, describe_dossier(self.dossier))
