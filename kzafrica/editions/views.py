"""The files of editions. What they are is told by the page about data, which lists them."""

import base64
import logging

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.http import condition

from kzafrica.editions.models import Edition
from kzafrica.editorial.templatetags.records import day_in_words
from kzafrica.editorial.views import WithoutParameters
from kzafrica.linked_data import LICENCE_ADDRESS
from kzafrica.problems import answer

logger = logging.getLogger(__name__)

# The file never changes, but it can be withdrawn: so long others may give it without asking.
FOR_AN_HOUR = "public, max-age=3600"


class LatestEdition(WithoutParameters, View):
    """A stable address that leads to the latest edition."""

    def get(self, request, *args, **kwargs) -> HttpResponse:
        latest = Edition.objects.latest_offered()
        if latest is None:
            return answer(request, 404, _("No edition is offered at the moment."))
        response = redirect(latest)
        response["Cache-Control"] = "no-cache"
        return response


class EditionFile(WithoutParameters, View):
    """One edition as it was made. Its checksum is its ETag and stands in Repr-Digest (RFC 9530)."""

    def get(self, request, *args, name: str, **kwargs) -> HttpResponse:
        edition = get_object_or_404(Edition, name=name)
        if edition.is_withdrawn:
            details = {"day": day_in_words(edition.withdrawn_at), "reason": edition.withdrawal_reason}
            return answer(request, 410, _("This edition was withdrawn on %(day)s: %(reason)s") % details)
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
        response["Cache-Control"] = FOR_AN_HOUR
        response["Link"] = f'<{LICENCE_ADDRESS}>; rel="license"'
        return response
