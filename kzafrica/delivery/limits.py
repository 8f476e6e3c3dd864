"""How much a caller of the API may ask: by connection, or by key where one is sent. What an answer says never differs.

A window begins at full multiples of its length since 1970 and is the same in all processes that share a cache. An
answer that is not modified costs nothing.
"""

import math

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.connection import ConnectionProxy
from rest_framework.exceptions import Throttled
from rest_framework.throttling import BaseThrottle

from kzafrica.delivery.keys import BadKey, key_of, note_use
from kzafrica.open_forms import connection_of
from kzafrica.problems import answer, is_for_programs, too_many_requests

# A cache of its own, so that many callers do not push out what the other limits remember for a day.
counters = ConnectionProxy(caches, "counters")
SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
NEEDS_KEY = 'Bearer realm="KZ-Africa API"'
CHALLENGE = 'Bearer realm="KZ-Africa API", error="invalid_token"'


class Allowance:
    """What one caller may still ask in the window in which a request came."""

    def __init__(self, caller: str, limit: int, window_seconds: int) -> None:
        now = timezone.now().timestamp()
        number = int(now // window_seconds)
        self.limit, self.window_seconds = limit, window_seconds
        self.counter = f"api-asked-{caller}-{window_seconds}-{number}"
        self.seconds_left = math.ceil((number + 1) * window_seconds - now)
        self._asked: int | None = None

    @classmethod
    def of_connection(cls, request: HttpRequest) -> "Allowance":
        """By ``API_RATE``, such as 120/min."""
        number, _slash, period = settings.API_RATE.partition("/")
        return cls(connection_of(request), int(number), SECONDS[period[0]])

    @classmethod
    def of_key(cls, key) -> "Allowance":
        return cls(f"key-{key.pk}", key.requests_per_minute, 60)

    @property
    def asked(self) -> int:
        """Requests that count in this window so far."""
        if self._asked is None:
            self._asked = counters.get(self.counter, 0)
        return self._asked

    def take(self) -> bool:
        """Count one request; whether it is within the limit."""
        # Longer than the window, so that the count does not end between these two lines.
        counters.add(self.counter, 0, 2 * self.window_seconds)
        try:
            self._asked = counters.incr(self.counter)
        except ValueError:  # A full cache has thrown it away meanwhile.
            self._asked = 1
        return self._asked <= self.limit

    def told_in(self, response: HttpResponse) -> HttpResponse:
        response["RateLimit-Limit"] = str(self.limit)
        response["RateLimit-Remaining"] = str(max(0, self.limit - self.asked))
        response["RateLimit-Reset"] = str(self.seconds_left)
        return response


class AllowanceThrottle(BaseThrottle):
    """Counts a request once it has come as far as a view: what is answered before, such as a 304, cost us little."""

    def allow_request(self, request, view) -> bool:
        self.allowance = request.allowance
        return self.allowance.take()

    def wait(self) -> int:
        return self.allowance.seconds_left


class AllowanceMiddleware:
    """Says with every answer of the API how much more may be asked; refuses a key that is not good, whatever is asked.

    Stands before ETags are compared, so that a 304 neither hides that a key has ended nor leaves in a shared cache
    what was said to another caller.
    """

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_for_programs(request):
            return self.get_response(request)
        try:
            key = key_of(request)
        except BadKey as refusal:
            allowance = Allowance.of_connection(request)
            return allowance.told_in(self.refused(request, refusal, allowance))
        # Views that write look at it; none that read does.
        request.api_key = key
        if key is None:
            request.allowance = Allowance.of_connection(request)
        else:
            note_use(key)
            request.allowance = Allowance.of_key(key)
        return request.allowance.told_in(self.get_response(request))

    def refused(self, request: HttpRequest, refusal: BadKey, allowance: Allowance) -> HttpResponse:
        if not allowance.take():
            wait = allowance.seconds_left
            return too_many_requests(request, Throttled(wait).detail, wait_seconds=wait)
        response = answer(request, 401, str(refusal))
        response["WWW-Authenticate"] = CHALLENGE
        return response
