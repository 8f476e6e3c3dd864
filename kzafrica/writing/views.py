"""Where programs write with a key, and follow what has become of it."""

from http import HTTPStatus

from django.contrib.contenttypes.models import ContentType
from django.db import OperationalError, models
from django.http import Http404, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework.exceptions import NotAuthenticated
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework.viewsets import GenericViewSet

from kzafrica.delivery.limits import NEEDS_KEY
from kzafrica.delivery.models import ApiKey, may_write
from kzafrica.editorial.gone import sentence_about_gone
from kzafrica.editorial.models import Redirect
from kzafrica.editorial.publishable import PublishableModel
from kzafrica.filtering import refuse_bad_parameters
from kzafrica.locking import is_locked
from kzafrica.problems import problem
from kzafrica.writing.choices import ContributionKind
from kzafrica.writing.documents import ContributionDetailSerializer, ContributionSerializer
from kzafrica.writing.drafting import amend_draft, make_draft, make_proposal
from kzafrica.writing.letters import OF_AMENDMENTS, OF_DRAFTS, OF_PROPOSALS
from kzafrica.writing.models import Contribution
from kzafrica.writing.once import Answer, fingerprint_of, name_in, written_once
from kzafrica.writing.refusals import Refusal
from kzafrica.writing.schemas import document_schema
from kzafrica.writing.strict_json import Unreadable, read_json

JSON = "application/json"
IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key",
    str,
    OpenApiParameter.HEADER,
    required=True,
    description="A name of your own for this request, such as a UUID. Sent again within 48 hours it is answered again "
    "and written once; with another document it is a 422.",
)

TOLD = [
    OpenApiParameter(
        "Location",
        OpenApiTypes.URI,
        OpenApiParameter.HEADER,
        response=[200, 201],
        description="The address of the contribution, which tells what becomes of it.",
    ),
    OpenApiParameter(
        "Idempotency-Replayed",
        str,
        OpenApiParameter.HEADER,
        enum=["true"],
        response=[200, 201],
        description="Stands where the same request was answered before.",
    ),
]


def writer_of(request) -> ApiKey:
    """The key of a request that may write: one that an administrator has tied to an account that may still write."""
    key = request.api_key
    if key is None:
        raise NotAuthenticated(_("Writing needs a key: send it as “Authorization: Bearer kza_…”."))
    if key.writes_as is None:
        raise Refusal(403, _("This key may read alone: an administrator has to tie it to an account that writes."))
    if not key.writes_as.is_active:
        raise Refusal(403, _("The account as which this key writes is not active any more."))
    if not may_write(key.writes_as):
        raise Refusal(403, _("The account as which this key writes may not write records any more."))
    return key


class WithKey(APIView):
    """Refuses without a key, whatever session the request has; its answers are for one reader."""

    needs_key = True

    def get_authenticate_header(self, request) -> str:
        return NEEDS_KEY

    def initial(self, request, *args, **kwargs) -> None:
        super().initial(request, *args, **kwargs)
        self.key = writer_of(request)

    def handle_exception(self, exc):
        if isinstance(exc, Refusal):
            return self.refused(exc)
        if isinstance(exc, OperationalError) and is_locked(exc):
            refusal = Refusal(503, _("Someone else is writing at this moment, and nothing is saved: send it again."))
            refusal.wait = 10
            return self.refused(refusal)
        return super().handle_exception(exc)

    def refused(self, refusal: Refusal):
        extra = ({"errors": refusal.errors} if refusal.errors else {}) | refusal.extra
        status = refusal.status_code
        answer = problem(status, HTTPStatus(status).phrase, refusal.detail, instance=self.request.path, **extra)
        if wait := getattr(refusal, "wait", None):
            answer["Retry-After"] = str(wait)
        answer.exception = True
        return answer

    def finalize_response(self, request, response, *args, **kwargs):
        response = super().finalize_response(request, response, *args, **kwargs)
        response["Cache-Control"] = "private, no-store"
        return response


class Writing(WithKey):
    """One type of record; what is sent is read strictly, written once, and answered with the contribution."""

    model: type[PublishableModel]
    also_answers = dict.fromkeys(("post", "patch"), (404, 409, 412, 422, 503))

    def initial(self, request, *args, **kwargs) -> None:
        super().initial(request, *args, **kwargs)
        refuse_bad_parameters(request.query_params, None, also=("format",))

    def written(self, request, write, *, code: int) -> Response:
        """Run ``write(document)``, which gives the contribution, unless the same request was answered before."""
        if request.headers.get("If-Match") or request.headers.get("If-Unmodified-Since"):
            sentence = _("If-Match is not compared here: send base_version, the id of the version that you have read.")
            raise Refusal(412, sentence)
        document = document_in(request)
        fingerprint = fingerprint_of(request.method, request.path, document)

        def answered() -> Answer:
            row = write(document)
            shown = ContributionDetailSerializer(row, context={"request": request}).data
            return Answer(code, _plain(shown), shown["url"])

        answer = written_once(self.key, name_in(request.headers.get("Idempotency-Key")), fingerprint, answered)
        response = Response(answer.document, status=answer.code, headers={"Location": answer.location})
        if answer.is_replayed:
            response["Idempotency-Replayed"] = "true"
        return response


def document_in(request) -> dict:
    """The JSON object that was sent. Raises Refusal."""
    kind = request.content_type.partition(";")[0].strip().lower()
    if kind != JSON and (kind or request._request.body):
        sentence = _("Send the document as application/json, not as “%s”.")
        raise Refusal(415, sentence % (kind[:60] or _("nothing")))
    try:
        document = read_json(request._request.body)
    except Unreadable as error:
        raise Refusal(400, str(error)) from None
    if not isinstance(document, dict):
        raise Refusal(400, _("An object belongs here, whose members are those of one record."))
    return document


def _plain(shown: dict) -> dict:
    """The document as JSON has it, so that it is the same whenever it is given."""
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in shown.items()}


class Drafting(Writing):
    def post(self, request):
        return self.written(request, lambda document: make_draft(self.model, document, key=self.key), code=201)


class Amending(Writing):
    def patch(self, request, key: str):
        record = self.model.objects.filter(slug=key).first()
        row = drafts_of(record, self.key.writes_as).first() if record else None
        if row is None:
            raise Http404

        def amend(document: dict) -> Contribution:
            amend_draft(row.record, document, key=self.key)
            return Contribution.objects.get(pk=row.pk)

        return self.written(request, amend, code=200)


def drafts_of(record: PublishableModel, user) -> models.QuerySet[Contribution]:
    """What an account has written by API of a record that was new then."""
    record_type = ContentType.objects.get_for_model(record)
    drafts = Contribution.objects.filter(kind=ContributionKind.DRAFT, by=user)
    return drafts.filter(content_type=record_type, object_id=record.pk)


class Proposing(Writing):
    also_answers = {"post": (308, 410, *Writing.also_answers["post"])}

    def post(self, request, key: str):
        record = self.model.objects.published().filter(slug=key).first()
        if record is None:
            return self.elsewhere(request, key)
        return self.written(request, lambda document: make_proposal(record, document, key=self.key), code=201)

    def elsewhere(self, request, key: str):
        """A record that has another address by now is written there; the method stays."""
        moved = Redirect.objects.of(self.model, key).seen_by_readers(self.model).first()
        if moved is None and (gone := sentence_about_gone(self.model, "slug", key)):
            raise Refusal(410, gone)
        if moved is None:
            raise Http404
        address = reverse(request.resolver_match.view_name, args=[moved.target_key])
        return HttpResponsePermanentRedirect(address, preserve_request=True)


def writing_views(resource: str, model: type[models.Model]) -> dict[str, type[Writing]]:
    """The views of one resource, each with its documentation."""
    name = model._meta.verbose_name_raw

    def described(base: type[Writing], method: str, also: tuple[str, ...], summary: str, status: int, action: str):
        schema = extend_schema(
            operation_id=f"{action}_{resource.replace('-', '_')}",
            summary=summary,
            request={JSON: document_schema(model, also, is_new=base is Drafting)},
            responses={status: ContributionDetailSerializer},
            parameters=[IDEMPOTENCY_KEY, *TOLD],
            tags=["writing"],
        )
        made = type(f"{base.__name__}{model.__name__}", (base,), {"model": model, "__doc__": DESCRIPTIONS[base]})
        return extend_schema_view(**{method: schema})(made)

    return {
        "draft": described(Drafting, "post", OF_DRAFTS, f"Write a draft: {name}", 201, "draft"),
        "amend": described(Amending, "patch", OF_AMENDMENTS, f"Amend a draft of your own: {name}", 200, "amend"),
        "propose": described(Proposing, "post", OF_PROPOSALS, f"Propose a change: {name}", 201, "propose"),
    }


DESCRIPTIONS = {
    Drafting: "A draft, which readers do not see; with `submit` it waits for an editor. Needs a key that writes.",
    Amending: "Members that are left out stay as they are; a list takes the place of the whole list.",
    Proposing: "A change to a public record, which a second person applies or rejects. Members that are left out stay "
    "as they are; a list takes the place of the whole list, `add_citations` adds to that of citations.",
}


class ContributionViewSet(ListModelMixin, RetrieveModelMixin, WithKey, GenericViewSet):
    """What was written by API with keys of your account, the latest first, and what has become of it."""

    queryset = Contribution.objects.select_related("proposal", "content_type").prefetch_related("record")
    serializer_class = ContributionSerializer
    lookup_url_kwarg = "key"

    def get_queryset(self):
        rows = super().get_queryset()
        # Documentation is written without a request.
        return rows.filter(by=self.key.writes_as) if hasattr(self, "key") else rows.none()

    def list(self, request, *args, **kwargs):
        refuse_bad_parameters(request.query_params, None, also=("limit", "cursor", "format"))
        return super().list(request, *args, **kwargs)

    def get_serializer_class(self):
        return ContributionDetailSerializer if self.detail else ContributionSerializer

    def retrieve(self, request, *args, **kwargs):
        refuse_bad_parameters(request.query_params, None, also=("format",))
        return super().retrieve(request, *args, **kwargs)
