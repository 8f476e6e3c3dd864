"""Every answer that is not what was asked for: problem documents (RFC 9457) for programs, pages elsewhere."""

import math
from collections.abc import Iterable
from http import HTTPStatus
from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import DisallowedHost, PermissionDenied, RequestDataTooBig, TooManyFieldsSent
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.defaultfilters import filesizeformat
from django.template.loader import render_to_string
from django.utils.encoding import escape_uri_path
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.settings import api_settings

API_PREFIX = "/api/"
# Calendars, feeds and files stand beside the pages and speak their language, but nobody looks at them.
FILE_ENDINGS = (".ics", ".atom", ".csv", ".xlsx", ".parquet", ".md", "/README.txt")


class BadParameter(NamedTuple):
    """One parameter of an address that cannot be taken as it stands."""

    parameter: str
    detail: str
    nearest: str | None = None

    def as_error(self) -> dict[str, str]:
        error = {"parameter": self.parameter, "detail": str(self.detail)}
        return error if self.nearest is None else {**error, "nearest": self.nearest}


class BadParameters(Exception):
    """Parameters of an address that are unknown or have an impossible value.

    Takes (parameter, sentence) or (parameter, sentence, nearest valid name or value). Programs get a 400 with all
    of them; a page catches it to show its form again, and where it does not, the page for 400 lists them.
    """

    def __init__(self, errors: Iterable[tuple]) -> None:
        self.errors = [BadParameter(*error) for error in errors]
        super().__init__("; ".join(f"{error.parameter}: {error.detail}" for error in self.errors))


def is_for_programs(request: HttpRequest) -> bool:
    return request.path.startswith(API_PREFIX)


def gets_problem_document(request: HttpRequest) -> bool:
    """Whether a page would tell nobody what is wrong: in the API, and at the address of a calendar, feed or file."""
    return is_for_programs(request) or request.path.endswith(FILE_ENDINGS)


def problem(status: int, title: str, detail: str, *, instance: str | None = None, **extra) -> JsonResponse:
    """A problem document; ``extra`` adds members of its own such as ``errors``."""
    document = {"type": "about:blank", "title": str(title), "status": int(status), "detail": str(detail)}
    if instance is not None:
        document["instance"] = escape_uri_path(instance)
    return JsonResponse(document | extra, status=status, content_type="application/problem+json")


def answer(
    request: HttpRequest, status: int, detail: str, *, errors: Iterable[dict[str, str]] = (), with_request: bool = True
) -> HttpResponse:
    """The problem document or the page ``<status>.html``, whichever this address promises.

    The page gets ``status``, ``title``, ``detail`` and ``errors``. Without ``with_request`` it is written without the
    request and what hangs on it, for when the request cannot be trusted or the database cannot be asked.
    """
    errors = list(errors)
    if gets_problem_document(request):
        extra = {"errors": errors} if errors else {}
        return problem(status, HTTPStatus(status).phrase, detail, instance=request.path, **extra)
    context = {"status": status, "title": page_title(status), "detail": detail, "errors": errors}
    page = render_to_string(f"{status}.html", context, request=request if with_request else None)
    return HttpResponse(page, status=status)


def page_title(status: int) -> str:
    return {
        400: _("We do not understand this request"),
        403: _("Not allowed"),
        404: _("Not found"),
        410: _("Withdrawn"),
        411: _("The length is missing"),
        413: _("Too large"),
        414: _("The address is too long"),
        429: _("Too many requests"),
        500: _("Something went wrong on our side"),
        503: _("Not available at the moment"),
    }[status]


def bad_parameters(request: HttpRequest, exception: BadParameters) -> HttpResponse:
    return answer(request, 400, sentence_for(exception), errors=[error.as_error() for error in exception.errors])


def sentence_for(exception: BadParameters) -> str:
    if len(exception.errors) == 1:
        return exception.errors[0].detail
    return _("Several parameters of the address are wrong; each is listed under errors.")


# --- Handlers that Django calls, named in kzafrica/urls.py and settings


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        return too_large(request, settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
    if isinstance(exception, TooManyFieldsSent):
        return answer(
            request,
            413,
            _("The form has more fields than the %(limit)d that one request may carry. Send it in parts.")
            % {"limit": settings.DATA_UPLOAD_MAX_NUMBER_FIELDS},
        )
    # A page that asks for its own host would fail on the same host again.
    return answer(request, 400, _("The request is malformed."), with_request=not isinstance(exception, DisallowedHost))


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer(request, 403, _("You are not allowed to see or do this."))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return answer(
        request,
        403,
        _("The form was sent without its safety mark. Allow cookies for this site, load the form again and send it."),
    )


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer(request, 404, _("There is nothing at this address."))


def server_error(request: HttpRequest) -> HttpResponse:
    return answer(
        request,
        500,
        _("We failed to answer a sound request. The fault has been recorded."),
        with_request=False,
    )


def too_large(request: HttpRequest, limit_bytes: int) -> HttpResponse:
    sentence = _("What was sent is larger than the %(limit)s that are allowed here. Nothing of it was read or saved.")
    return answer(request, 413, sentence % {"limit": filesizeformat(limit_bytes)})


def address_too_long(request: HttpRequest, limit: int) -> HttpResponse:
    sentence = _("The address is longer than %(limit)d letters: ask for less at once.") % {"limit": limit}
    # A page with the request would repeat the address in its links.
    return answer(request, 414, sentence, with_request=False)


def no_length(request: HttpRequest) -> HttpResponse:
    return answer(request, 411, _("The request does not say how long it is. Send it with its Content-Length."))


def too_many_requests(request: HttpRequest, detail: str, *, wait_seconds: float | None = None) -> HttpResponse:
    response = answer(request, 429, detail)
    if wait_seconds is not None:
        response["Retry-After"] = str(math.ceil(wait_seconds))
    return response


def locked_out(request: HttpRequest, response: HttpResponse | None, credentials: dict | None) -> HttpResponse:
    """What django-axes shows after too many failed attempts to sign in."""
    pause = settings.AXES_COOLOFF_TIME
    sentence = _("Too many failed attempts to sign in. Try again in %(minutes)d minutes.")
    minutes = round(pause.total_seconds() / 60)
    return too_many_requests(request, sentence % {"minutes": minutes}, wait_seconds=pause.total_seconds())


# --- The handler that Django REST framework calls


def drf_exception_handler(exception: Exception, context: dict) -> HttpResponse | None:
    """The problem document for an exception of an API view; None leaves it to the handler for 500."""
    request = context["request"]
    exception = as_api_exception(exception)
    if isinstance(exception, BadParameters):
        response = bad_parameters(request, exception)
    elif isinstance(exception, exceptions.ValidationError):
        kind = "parameter" if request.method in ("GET", "HEAD") else "field"
        errors = list(errors_in(exception.detail, kind))
        response = problem(400, HTTPStatus(400).phrase, errors[0]["detail"], instance=request.path, errors=errors)
    elif isinstance(exception, exceptions.APIException):
        response = problem(
            exception.status_code, HTTPStatus(exception.status_code).phrase, exception.detail, instance=request.path
        )
    else:
        return None
    if getattr(exception, "auth_header", None):
        response["WWW-Authenticate"] = exception.auth_header
    if getattr(exception, "wait", None):
        response["Retry-After"] = str(math.ceil(exception.wait))
    return response


def as_api_exception(exception: Exception) -> Exception:
    if isinstance(exception, Http404):
        return exceptions.NotFound(_("There is nothing at this address."))
    if isinstance(exception, PermissionDenied):
        return exceptions.PermissionDenied()
    return exception


def errors_in(detail, kind: str, name: str = "") -> Iterable[dict[str, str]]:
    """The errors of a validation, however deep they lie, each with the dotted name of what it is about."""
    if isinstance(detail, dict):
        for key, inner in detail.items():
            is_about_whole = key == api_settings.NON_FIELD_ERRORS_KEY
            yield from errors_in(inner, kind, name if is_about_whole else f"{name}.{key}".strip("."))
    elif isinstance(detail, list):
        for inner in detail:
            yield from errors_in(inner, kind, name)
    else:
        yield {kind: name, "detail": str(detail)} if name else {"detail": str(detail)}
