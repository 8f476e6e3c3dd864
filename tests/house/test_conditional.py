"""What caches are told, and what they may be spared."""

from datetime import UTC, datetime

import pytest
from django.http import HttpResponse
from django.urls import path
from django.utils import timezone
from django.utils.cache import patch_cache_control, patch_vary_headers

from kzafrica.middleware import code_version

views_run: list[str] = []
content = {"revision": 7}


def revision() -> int:
    return content["revision"]


def page(request):
    views_run.append(request.path)
    return HttpResponse("a page")


def page_with_cookie(request):
    answer = HttpResponse("a form")
    answer.set_cookie("mark", "x")
    return answer


def page_for_one(request):
    answer = HttpResponse(f"for {request.user}")
    patch_vary_headers(answer, ["Cookie"])
    return answer


def page_with_its_own_rule(request):
    answer = HttpResponse("a draft")
    patch_cache_control(answer, private=True)
    return answer


urlpatterns = [
    path("page/", page),
    path("api/v1/things/", page),
    path("admin/things/", page),
    path("healthz", page),
    path("cookie/", page_with_cookie),
    path("personal/", page_for_one),
    path("own-rule/", page_with_its_own_rule),
    path("gone/", lambda request: HttpResponse("gone", status=410)),
]

pytestmark = pytest.mark.urls(__name__)


@pytest.fixture(autouse=True)
def revision_of_these_tests(settings):
    settings.CONTENT_REVISION = f"{__name__}.revision"
    views_run.clear()


def etag_of(client, address="/page/", **headers):
    return client.get(address, headers=headers)["ETag"]


def test_public_page_may_be_kept_but_not_trusted_without_asking(client):
    answer = client.get("/page/")

    assert answer["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert answer["ETag"].startswith('"')


@pytest.mark.parametrize("mark", ["", "W/"])
def test_unchanged_page_is_not_rendered_again(client, mark):
    etag = etag_of(client)
    views_run.clear()

    answer = client.get("/page/", headers={"If-None-Match": f'"other", {mark}{etag}'})

    assert answer.status_code == 304
    assert answer["ETag"] == etag
    assert answer.content == b""
    assert views_run == []


def test_changed_content_is_sent_again(client, monkeypatch):
    etag = etag_of(client)
    monkeypatch.setitem(content, "revision", 8)

    answer = client.get("/page/", headers={"If-None-Match": etag})

    assert answer.status_code == 200
    assert answer["ETag"] != etag


def test_etag_changes_at_midnight_in_almaty(client, monkeypatch):
    # 18:59 and 19:00 in UTC are 23:59 and 00:00 in Almaty.
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 11, 23, 18, 59, tzinfo=UTC))
    before = etag_of(client)
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 11, 23, 19, 0, tzinfo=UTC))

    assert etag_of(client) != before


def test_each_address_and_host_has_its_own_etag(client):
    etags = [etag_of(client), etag_of(client, "/page/?year=2024"), etag_of(client, Host="localhost")]

    assert len(set(etags)) == 3


def test_api_answer_differs_by_language_and_representation(client):
    address = "/api/v1/things/"
    etags = [
        etag_of(client, address),
        etag_of(client, address, **{"Accept-Language": "ru"}),
        etag_of(client, address, Accept="text/csv"),
    ]

    assert len(set(etags)) == 3
    assert client.get(address)["Vary"] == "Accept, Accept-Language"
    assert client.get(address, headers={"Accept-Language": "ru"})["Content-Language"] == "ru"


@pytest.mark.parametrize("address", ["/admin/things/", "/healthz", "/cookie/", "/personal/", "/own-rule/", "/gone/"])
def test_what_is_not_public_content_gets_no_etag(client, address, db):
    answer = client.get(address)

    assert not answer.has_header("ETag")
    assert "public" not in answer.get("Cache-Control", "")


def test_a_form_sent_is_never_answered_from_a_cache(client):
    etag = etag_of(client)

    answer = client.post("/page/", headers={"If-None-Match": etag})

    assert answer.status_code == 200
    assert not answer.has_header("ETag")


def test_code_version_can_be_given_by_who_deploys(settings):
    settings.CODE_VERSION = "2026-11-23.1"
    code_version.cache_clear()

    version = code_version()

    code_version.cache_clear()
    assert version == "2026-11-23.1"


def test_code_version_is_the_same_for_the_same_sources():
    assert code_version.__wrapped__() == code_version.__wrapped__()


@pytest.mark.parametrize(
    ("header", "promise"),
    [
        ("Content-Security-Policy", "default-src 'self'"),
        ("Permissions-Policy", "camera=()"),
        ("X-Frame-Options", "DENY"),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "strict-origin"),
    ],
)
def test_every_page_carries_its_safety_headers(client, header, promise):
    answer = client.get("/page/")

    assert promise in answer[header]
    assert "unsafe" not in answer[header]
