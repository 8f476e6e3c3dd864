"""The files of editions. What they are is told by the page about data, which lists them."""

import base64
import logging

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.http import condition

from kzafrica.editions.models import Edition
from kzafrica.editorial.views import WithoutParameters
from kzafrica.linked_data import LICENCE_ADDRESS
from kzafrica.problems import answer

logger = logging.getLogger(__name__)

FOR_EVER = "public, max-age=31536000, immutable"


class LatestEdition(WithoutParameters, View):
    """A stable address that leads to the latest edition."""

    def get(self, request, *args, **kwargs) -> HttpResponse:
        latest = Edition.objects.latest_built()
        if latest is None:
            return answer(request, 404, _("No edition has been made yet."))
        response = redirect(latest)
        response["Cache-Control"] = "no-cache"
        return response


class EditionFile(WithoutParameters, View):
    """One edition as it was made. Its checksum is its ETag and stands in Repr-Digest (RFC 9530)."""

    def get(self, request, *args, name: str, **kwargs) -> HttpResponse:
        edition = get_object_or_404(Edition, name=name)
        try:
            opened = edition.open()
        except FileNotFoundError:
            logger.error("The storage has no file %s of %s.", edition.path, edition.name)
            return answer(request, 404, _("The file of this edition is lost."))
        return condition(etag_func=lambda *args, **kwargs: f'"{edition.sha256}"')(self.file)(
            request, edition=edition, opened=opened
        )

    def file(self, request: HttpRequest, *, edition: Edition, opened) -> HttpResponse:
        response = FileResponse(opened, content_type="application/zip", as_attachment=True, filename=edition.file_name)
        response["Content-Length"] = str(edition.size_bytes)
        response["Repr-Digest"] = f"sha-256=:{base64.b64encode(bytes.fromhex(edition.sha256)).decode()}:"
        response["Cache-Control"] = FOR_EVER
        response["Link"] = f'<{LICENCE_ADDRESS}>; rel="license"'
        return response
