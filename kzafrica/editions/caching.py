"""What programs may keep of answers that tell of editions: one made or withdrawn moves them, though no content has."""

import hashlib
from collections.abc import Callable
from functools import wraps

from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.decorators import method_decorator
from django.utils.http import quote_etag
from django.utils.translation import get_language
from django.views.decorators.http import condition

from kzafrica.editions.models import Edition
from kzafrica.editorial.workflow import content_revision
from kzafrica.middleware import code_version
from kzafrica.problems import is_for_programs


def etag_of(request: HttpRequest, *args, **kwargs) -> str:
    """As that of other public answers, and with the latest edition and the latest withdrawal."""
    known = Edition.objects.aggregate(latest=Max("pk"), withdrawn=Max("withdrawn_at"))
    parts = [
        str(content_revision()),
        str(known["latest"]),
        str(known["withdrawn"]),
        code_version(),
        timezone.localdate().isoformat(),
        get_language() or "",
        request.build_absolute_uri(),
        request.headers.get("Accept", "") if is_for_programs(request) else "",
    ]
    return quote_etag(hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32])


def _asked_each_time(view: Callable) -> Callable:
    conditional = condition(etag_func=etag_of)(view)

    @wraps(view)
    def answered(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        response = conditional(request, *args, **kwargs)
        if response.status_code in (200, 304):
            # What brings its own Cache-Control is left alone by ConditionalMiddleware.
            response["Cache-Control"] = "public, max-age=0, must-revalidate"
            if is_for_programs(request):
                patch_vary_headers(response, ["Accept", "Accept-Language"])
        else:
            del response["ETag"]
        return response

    return answered


# For classes of views.
tells_of_editions = method_decorator(_asked_each_time, name="dispatch")
