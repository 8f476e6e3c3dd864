"""Drafts as readers will see them: by a signed link that ends, and proposals as they would be, for editors."""

from datetime import datetime, timedelta
from http import HTTPStatus

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db import OperationalError, models, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.response import TemplateResponse
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import cache_control

from kzafrica.editorial.applying import apply_content
from kzafrica.editorial.choices import ProposalState, Status
from kzafrica.editorial.content import ContentError
from kzafrica.editorial.models import ProposedChange
from kzafrica.editorial.proposals import outcome_of
from kzafrica.editorial.publishable import PublishableModel
from kzafrica.editorial.views import RecordDetail
from kzafrica.locking import is_locked

SALT = "kzafrica.preview"
LIFETIME = timedelta(hours=24)
NOT_YET_PUBLIC = frozenset({Status.DRAFT, Status.IN_REVIEW})

for_one_reader = cache_control(private=True, no_store=True)


def can_be_previewed(record: models.Model | None) -> bool:
    """Whether a link to it can be given: it is kept, not public yet, and was not taken back from readers."""
    return isinstance(record, PublishableModel) and record.pk is not None and record.status in NOT_YET_PUBLIC


def preview_address(record: PublishableModel) -> str:
    """An address at which anyone sees the record as it is now and until it is published, for a day."""
    until = int((timezone.now() + LIFETIME).timestamp())
    token = signing.Signer(salt=SALT).sign_object([record._meta.label_lower, record.pk, until], compress=False)
    return reverse("preview", args=[token])


def page_of(request: HttpRequest, record: PublishableModel, queryset=None, **context) -> HttpResponse:
    """The page that readers get at the address of the record, by its own view and template.

    With a queryset the record is looked for there, instead of among public ones.
    """
    try:
        match = resolve(record.get_absolute_url())
    except Resolver404:
        raise Http404 from None
    view_class = getattr(match.func, "view_class", None)
    if view_class is None or not issubclass(view_class, RecordDetail):
        raise Http404
    options = {"extra_context": context}
    if queryset is not None:
        options["queryset"] = queryset(view_class)
    # What a page says depends on nobody: who looks at it is not told to it.
    request.user = AnonymousUser()
    response = view_class.as_view(**options)(request, *match.args, **match.kwargs)
    if isinstance(response, TemplateResponse):
        response.render()
    response["X-Robots-Tag"] = "noindex, nofollow"
    # The address is the key to the draft: the pages that it leads to are not told where readers came from.
    response["Referrer-Policy"] = "no-referrer"
    return response


def alone(record: PublishableModel):
    """Gives for a view its own rows, with all that it reads beside them, but this record alone, whatever its status."""

    def rows(view_class: type[RecordDetail]) -> models.QuerySet:
        queryset = view_class.queryset.all()
        queryset.query.clear_where()
        return queryset.filter(pk=record.pk)

    return rows


@method_decorator(for_one_reader, name="dispatch")
class Preview(View):
    """``/preview/<token>/``: one draft, for whoever has the link. A link that has ended answers 410 and says so."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        try:
            label, pk, until = signing.Signer(salt=SALT).unsign_object(token)
        except signing.BadSignature:
            raise Http404 from None
        ends_at = datetime.fromtimestamp(until, tz=timezone.get_current_timezone())
        if ends_at <= timezone.now():
            return self.gone(
                request, _("This link to a draft has ended. Ask the person who gave it to you for another.")
            )
        record = get_object_or_404(apps.get_model(label), pk=pk)
        if record.is_public:
            return redirect(record.get_absolute_url())
        if not can_be_previewed(record):
            return self.gone(request, _("This draft is not shown any more."))
        banner = _("Draft, not published and not reviewed. This link works until %(day)s, %(time)s (Astana time).") % {
            "day": ends_at.date().isoformat(),
            "time": f"{ends_at:%H:%M}",
        }
        return page_of(request, record, alone(record), preview=banner)

    def gone(self, request: HttpRequest, sentence: str) -> HttpResponse:
        context = {"status": 410, "title": _("No longer here"), "detail": sentence}
        return render(request, "410.html", context, status=410)


@method_decorator(for_one_reader, name="dispatch")
class ProposalPreview(View):
    """A public record as it would be with a proposed change: made so, shown, and undone in one transaction."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not request.user.has_perm("editorial.view_proposedchange"):
            raise PermissionDenied
        proposal = get_object_or_404(ProposedChange, pk=pk, state=ProposalState.OPEN)
        record = proposal.record
        if record is None or not record.is_public:
            raise Http404
        banner = _("As the record would be with this proposed change, which waits for review.")
        try:
            with transaction.atomic():
                try:
                    apply_content(record, outcome_of(proposal).content)
                    return page_of(request, record, alone(record), preview=banner)
                except ContentError as refusal:
                    return self.refused(request, HTTPStatus.CONFLICT, str(refusal))
                finally:
                    transaction.set_rollback(True)
        except OperationalError as refusal:
            if not is_locked(refusal):
                raise
            return self.refused(request, HTTPStatus.SERVICE_UNAVAILABLE, _("The database is busy: try in a minute."))

    def refused(self, request: HttpRequest, status: HTTPStatus, sentence: str) -> HttpResponse:
        context = {"status": status.value, "title": _("This cannot be shown now"), "detail": sentence, "errors": []}
        return render(request, "problem.html", context, status=status)
