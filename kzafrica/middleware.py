"""What is said about every request and answer: language, freshness, permissions, bad parameters."""

import hashlib
import re
from contextlib import suppress
from functools import cache

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils import timezone, translation
from django.utils.cache import has_vary_header, patch_vary_headers
from django.utils.http import parse_etags, quote_etag
from django.utils.module_loading import import_string
from django.utils.translation.trans_real import parse_accept_lang_header

from kzafrica.problems import BadParameters, address_too_long, bad_parameters, is_for_programs, no_length, too_large
from kzafrica.revision import holding

ADMIN_PREFIX = "/admin/"
# Addresses whose answers change without the content: people at work, and probes.
NOT_CONTENT = (ADMIN_PREFIX, "/healthz", "/readyz")

# What scripts of other sites may read of an answer, beside its body.
EXPOSED = (
    "Deprecation, ETag, Link, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After, Sunset, "
    "WWW-Authenticate"
)

# docs/ is part of the OpenAPI document.
SOURCE_FOLDERS = ("kzafrica", "events", "trade", "diplomacy", "templates", "locale", "requirements", "docs")
SOURCE_SUFFIXES = {".py", ".html", ".css", ".js", ".svg", ".po", ".txt", ".ttf", ".md"}


def client_address(request: HttpRequest) -> str:
    """Who asks: the connection itself, or what the outermost of our own proxies saw."""
    forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    if settings.PROXY_COUNT and len(forwarded) >= settings.PROXY_COUNT and forwarded[-settings.PROXY_COUNT]:
        return forwarded[-settings.PROXY_COUNT]
    return request.META.get("REMOTE_ADDR", "")


@cache
def code_version() -> str:
    """The version of the code that answers: the same in every process that runs the same files."""
    if settings.CODE_VERSION:
        return settings.CODE_VERSION
    digest = hashlib.sha256()
    for folder in SOURCE_FOLDERS:
        for path in sorted((settings.BASE_DIR / folder).rglob("*")):
            if path.suffix in SOURCE_SUFFIXES and path.is_file():
                digest.update(path.relative_to(settings.BASE_DIR).as_posix().encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def language_of_header(request: HttpRequest) -> str:
    """What Accept-Language asks for, as far as the site speaks it."""
    for code, _quality in parse_accept_lang_header(request.headers.get("Accept-Language", "").lower()):
        with suppress(LookupError, ValueError):
            return translation.get_supported_language_variant(code)
    return settings.LANGUAGE_CODE


def chosen_language(request: HttpRequest) -> str:
    """What an editor has chosen in the admin; empty where nobody has chosen, or something the site does not speak."""
    try:
        return translation.get_supported_language_variant(request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, ""))
    except (LookupError, ValueError):
        return ""


class NegotiatedLanguageMiddleware:
    """The API and the admin have no language in their addresses.

    The words of the API follow Accept-Language alone, those of the admin the choice of the editor before that. Pages
    keep the language of their address, whatever anyone has chosen.
    """

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = ""
        if is_for_programs(request):
            language = language_of_header(request)
        elif request.path.startswith(ADMIN_PREFIX):
            language = chosen_language(request) or language_of_header(request)
        if language:
            translation.activate(language)
            request.LANGUAGE_CODE = language
        return self.get_response(request)


class ConditionalMiddleware:
    """An ETag for every public answer, known before the view runs, so that an unchanged answer costs one query.

    A public answer is a function of the content, the code, the day in Almaty, the language and the address. One that
    depends on more sets a cookie, varies by it or brings its own Cache-Control, and is left alone.
    """

    def __init__(self, get_response) -> None:
        self.get_response = get_response
        self.content_revision = import_string(settings.CONTENT_REVISION)
        self.code_version = code_version()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD") or request.path.startswith(NOT_CONTENT):
            return self.get_response(request)
        revision = self.content_revision()
        etag = self.etag_of(request, revision)
        if self.is_held(request, etag):
            return self.marked(request, HttpResponseNotModified(), etag)
        with holding(revision):
            response = self.get_response(request)
        return self.marked(request, response, etag) if self.is_public(response) else response

    def is_public(self, response: HttpResponse) -> bool:
        is_personal = response.cookies or has_vary_header(response, "Cookie") or response.has_header("Cache-Control")
        return response.status_code == 200 and not is_personal

    def etag_of(self, request: HttpRequest, revision: int) -> str:
        parts = [
            str(revision),
            self.code_version,
            timezone.localdate().isoformat(),
            translation.get_language() or "",
            request.build_absolute_uri(),
            request.headers.get("Accept", "") if is_for_programs(request) else "",
        ]
        return quote_etag(hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32])

    def is_held(self, request: HttpRequest, etag: str) -> bool:
        held = parse_etags(request.headers.get("If-None-Match", ""))
        # A proxy that compresses marks our ETag as weak; for a GET that is the same (RFC 9110, 13.1.2).
        return etag in (known.removeprefix("W/") for known in held)

    def marked(self, request: HttpRequest, response: HttpResponse, etag: str) -> HttpResponse:
        response["ETag"] = etag
        response["Cache-Control"] = "public, max-age=0, must-revalidate"
        if is_for_programs(request):
            patch_vary_headers(response, ["Accept", "Accept-Language"])
        return response


class OpenToScriptsMiddleware:
    """Lets the scripts of any site read the API: everything in it is public, and nothing in it depends on a cookie."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_for_programs(request):
            return self.get_response(request)
        if request.method == "OPTIONS" and request.headers.get("Access-Control-Request-Method"):
            response = HttpResponse(status=204)
            response["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
            response["Access-Control-Allow-Headers"] = "Accept, Accept-Language, Api-Key, Authorization, If-None-Match"
            response["Access-Control-Max-Age"] = "86400"
        else:
            response = self.get_response(request)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = EXPOSED
        return response


class BadParametersMiddleware:
    """Answers 400 where a view did not itself catch what its filters refuse."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return bad_parameters(request, exception) if isinstance(exception, BadParameters) else None


class PermissionsPolicyMiddleware:
    """Our pages need no camera, place or payment, and refuse them to anything that might get into one."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        return response


class RequestSizeMiddleware:
    """Refuses, unread, a body larger than whoever sends it may send, and an address that is longer than any of ours.

    Where the admin is open to its sender, Django's own limits hold: those of the settings for a form, none for files.
    A server reads no more of a body than its Content-Length says, so that none gets around this by a wrong one; a body
    without a length would be read as empty, and is refused in words.
    """

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = len(request.get_full_path())
        if length > settings.LONGEST_ADDRESS and not request.path.startswith(ADMIN_PREFIX):
            return address_too_long(request, settings.LONGEST_ADDRESS)
        stated = request.META.get("CONTENT_LENGTH") or ""
        is_number = re.fullmatch("[0-9]{1,18}", stated) is not None
        if not is_number and (stated or request.headers.get("Transfer-Encoding")):
            return no_length(request)
        limit = settings.PUBLIC_UPLOAD_MAX_SIZE
        if int(stated or 0) > limit and not self.is_at_the_desk(request):
            return too_large(request, limit)
        return self.get_response(request)

    def is_at_the_desk(self, request: HttpRequest) -> bool:
        return request.path.startswith(ADMIN_PREFIX) and admin.site.has_permission(request)
