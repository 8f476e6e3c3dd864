"""What of the API is on its way out: said once, on the view; told in the headers of each answer and in the OpenAPI.

A view names itself in ``deprecation``, or single parameters in ``deprecated_parameters``::

    class OldViewSet(PublicViewSet):
        deprecation = Deprecation(since=date(2027, 1, 1), sunset=date(2028, 1, 1), instead="Ask /api/v1/new/.")
        deprecated_parameters = {"nation": Deprecation(since=date(2027, 1, 1), instead="Use country.")}
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils.http import http_date

from kzafrica.problems import is_for_programs

# Where the documentation, and with it the list of what has changed, can be read.
ABOUT = "/api/docs/"


@dataclass(frozen=True)
class Deprecation:
    """Since when something should not be used any more, until when it can be, and what to use, in a sentence."""

    since: date
    instead: str
    sunset: date | None = None
    about: str = ABOUT

    def __post_init__(self) -> None:
        if self.sunset is not None and self.sunset < self.since:
            raise ValueError("A sunset comes before its deprecation (RFC 9745, section 4).")

    @property
    def sentence(self) -> str:
        """For the documentation."""
        ends = f", and gone after {self.sunset.isoformat()}" if self.sunset else ""
        return f"Deprecated since {self.since.isoformat()}{ends}. {self.instead}"


def notices(view: type, query: Mapping) -> list[Deprecation]:
    """Those of a view, and of its parameters that a query has."""
    own = getattr(view, "deprecation", None)
    of_parameters = getattr(view, "deprecated_parameters", {})
    return [*([own] if own else []), *(notice for name, notice in of_parameters.items() if name in query)]


def moment(day: date) -> int:
    """Midnight of a day in UTC, in seconds since 1970."""
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())


def tell(response: HttpResponse, found: list[Deprecation]) -> None:
    """``Deprecation`` (RFC 9745), ``Sunset`` (RFC 8594) and a link to the reasons; of several, the earliest days."""
    if not found:
        return
    response["Deprecation"] = f"@{min(moment(notice.since) for notice in found)}"
    ends = [moment(notice.sunset) for notice in found if notice.sunset]
    if ends:
        response["Sunset"] = http_date(min(ends))
    links = dict.fromkeys(f'<{notice.about}>; rel="deprecation"; type="text/html"' for notice in found)
    response["Link"] = ", ".join(filter(None, [response.get("Link"), *links]))


class DeprecationMiddleware:
    """Tells with every answer of a view that it, or a parameter it was asked with, is deprecated."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if is_for_programs(request):
            tell(response, notices(view_of(request), request.GET))
        return response


def view_of(request: HttpRequest) -> type | None:
    """The class behind an address; what is answered before any view, such as a 304, has one as well."""
    try:
        match = request.resolver_match or resolve(request.path_info)
    except Resolver404:
        return None
    return getattr(match.func, "cls", None)
