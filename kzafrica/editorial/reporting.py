"""What readers report as wrong: about which page, record and version, how often, and what comes of it."""

import re
from copy import copy
from dataclasses import asdict, dataclass
from datetime import timedelta
from urllib.parse import urlencode

from django.apps import apps
from django.conf import settings
from django.core import signing
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import models, transaction
from django.http import Http404, HttpRequest, QueryDict
from django.template.response import TemplateResponse
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.generic.base import TemplateResponseMixin

from kzafrica.editorial.choices import ReportState
from kzafrica.editorial.models import ErrorReport
from kzafrica.editorial.references import record_of
from kzafrica.editorial.workflow import NotAllowed, content_revision
from kzafrica.filtering import is_tracking
from kzafrica.open_forms import ConnectionThrottle
from kzafrica.problems import BadParameters

HANDLE_PERMISSION = "editorial.change_errorreport"
# So long a form may be open before it is sent.
FORM_AGE = timedelta(hours=24)
LONGEST_ADDRESS = 500
LONGEST_TITLE = 400
# The pages about reports are named so; there is nothing to report about them.
OWN_PAGES = "editorial:report"
_SALT = "kzafrica.editorial.reporting"


@dataclass(frozen=True)
class PageSeen:
    """A page of ours as a reader saw it: its address, the content revision, and the record it is about.

    The page of a record that is withdrawn says nothing of it, and neither does this: the title is empty then.
    """

    address: str
    content_revision: int
    record_type: str = ""
    record_key: str = ""
    title: str = ""

    @property
    def record(self) -> models.Model | None:
        """The record the page was about, by its present key; None if there is none any more."""
        if not self.record_type:
            return None
        try:
            return record_of(apps.get_model(self.record_type), self.record_key)
        except (LookupError, ObjectDoesNotExist):
            return None


def report_query(request: HttpRequest) -> str:
    """What leads from a page to the form about it: the page and the content revision it was written at."""
    return urlencode({"page": address_within_site(request), "seen": content_revision()})


def address_within_site(request: HttpRequest) -> str:
    """The path and query of a page without what mailers and social networks add; the path alone if that is too long."""
    query = request.GET.copy()
    for name in [name for name in query if is_tracking(name)]:
        del query[name]
    address = f"{request.path}?{query.urlencode()}" if query else request.path
    return address if len(address) <= LONGEST_ADDRESS else request.path


def page_seen(request: HttpRequest, address: str, seen: str) -> PageSeen:
    """The page that a link to the form names. Raises BadParameters for what is no public page, or no revision."""
    found = _page_at(request, address) or _page_at(request, address.partition("?")[0])
    errors = []
    if found is None:
        sentence = _("“%s” is not a page of this site: take the link at the foot of the page that is wrong.")
        errors.append(("page", sentence % address[:100]))
    present = content_revision()
    if seen and not (re.fullmatch("[0-9]{1,18}", seen) and int(seen) <= present):
        sentence = _("“%(seen)s” is not a revision of the content: the last is %(present)s.")
        errors.append(("seen", sentence % {"seen": seen[:20], "present": present}))
    if errors:
        raise BadParameters(errors)
    address, shown = found
    return PageSeen(address, int(seen) if seen else present, **_about(shown))


def _page_at(request: HttpRequest, address: str, hops: int = 2) -> tuple[str, TemplateResponse] | None:
    """The page at an address and where it was found, not written out; None where readers would find no page.

    The page is asked itself: so what it hides stays hidden, and an address that a record once had leads on.
    """
    path, _mark, query = address.partition("?")
    if len(address) > LONGEST_ADDRESS or not hops or path.startswith("/admin/"):
        return None
    with translation.override(translation.get_language_from_path(path) or settings.LANGUAGE_CODE):
        try:
            match = resolve(path)
        except Resolver404:
            return None
        if not is_page(match) or match.view_name.startswith(OWN_PAGES):
            return None
        try:
            answer = match.func(_asking(request, path, query, match), *match.args, **match.kwargs)
        except (Http404, BadParameters):
            return None
    if answer.status_code in (301, 302):
        return _page_at(request, answer["Location"], hops - 1)
    is_html = isinstance(answer, TemplateResponse) and answer["Content-Type"].startswith("text/html")
    is_shown = is_html and (answer.status_code == 200 or "gone" in answer.context_data)
    return (address, answer) if is_shown else None


def is_page(match: ResolverMatch) -> bool:
    """Whether a page stands at an address, and no file or document."""
    return issubclass(getattr(match.func, "view_class", object), TemplateResponseMixin)


def _asking(request: HttpRequest, path: str, query: str, match) -> HttpRequest:
    """The request of a reader for another page."""
    asking = copy(request)
    asking.method = "GET"
    asking.path = asking.path_info = path
    asking.META = request.META | {"REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query}
    asking.GET, asking.POST = QueryDict(query), QueryDict()
    asking.resolver_match = match
    return asking


def _about(page: TemplateResponse) -> dict[str, str]:
    if gone := page.context_data.get("gone"):
        return gone
    record = page.context_data.get("object")
    if not isinstance(record, models.Model) or not hasattr(record, "natural_key"):
        return {}
    return {"record_type": record._meta.label_lower, "record_key": record.key, "title": str(record)[:LONGEST_TITLE]}


# --- The mark of the form


def signed(page: PageSeen) -> str:
    """The mark of a form about a page: it can be sent for a day, about this page alone."""
    return signing.dumps(asdict(page), salt=_SALT, compress=True)


def read_signed(mark: str) -> tuple[PageSeen, bool]:
    """The page of a form, and whether it was sent in time. Raises BadSignature for a mark that is not ours."""
    page = PageSeen(**signing.loads(mark, salt=_SALT))
    try:
        signing.loads(mark, salt=_SALT, max_age=FORM_AGE)
    except signing.SignatureExpired:
        return page, False
    return page, True


class ReportThrottle(ConnectionThrottle):
    """So many reports from one connection as ``REPORT_RATE`` says."""

    scope = "report"

    def get_rate(self) -> str:
        return settings.REPORT_RATE


# --- What comes of a report


def keep_report(page: PageSeen, *, message: str, email: str = "") -> ErrorReport:
    """Write down what a reader reports; the same sent twice, before anybody has looked at it, is one report."""
    said = {"page": page.address, "message": message, "email": email, "state": ReportState.NEW}
    known = ErrorReport.objects.filter(**said, content_revision=page.content_revision).first()
    record = page.record
    title = page.title or (str(record)[:LONGEST_TITLE] if record is not None else "")
    return known or ErrorReport.objects.create(
        **said, content_revision=page.content_revision, record=record, record_title=title
    )


def accept(report: ErrorReport, *, by, answer: str) -> None:
    """The reader was right: what is done about it is in the answer, for colleagues."""
    _handle(report, ReportState.ACCEPTED, by=by, answer=answer)


def decline(report: ErrorReport, *, by, answer: str) -> None:
    """Nothing is to be changed; the answer says why."""
    _handle(report, ReportState.DECLINED, by=by, answer=answer)


def forget_senders(before) -> int:
    """Delete the e-mail addresses of reports that were handled before a moment; how many there were."""
    handled = ErrorReport.objects.exclude(email="").filter(handled_at__lt=before)
    return handled.update(email="")


def _handle(report: ErrorReport, state: str, *, by, answer: str) -> None:
    if not by.has_perm(HANDLE_PERMISSION):
        raise NotAllowed(_("Only those who may change error reports can answer them."))
    if not answer.strip():
        raise ValidationError(_("Say what came of it, so that colleagues need not look into it again."))
    with transaction.atomic():
        report.refresh_from_db(from_queryset=ErrorReport.objects.select_for_update())
        if report.state != ReportState.NEW:
            raise NotAllowed(_("This report has been answered already."))
        report.state = state
        report.answer = answer.strip()
        report.handled_by = by
        report.handled_at = timezone.now()
        report.save()
