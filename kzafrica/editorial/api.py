"""Read-only viewsets over records and reference data: published rows, strict filters, redirects."""

from django.http import Http404, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema_view
from drf_spectacular.utils import extend_schema as described
from rest_framework.viewsets import ReadOnlyModelViewSet

from kzafrica.editorial.corrections import with_versions
from kzafrica.editorial.filters import CorrectionFilterSet, SourceFilterSet
from kzafrica.editorial.models import Correction, Redirect, Source
from kzafrica.editorial.serializers import CorrectionSerializer, SourceSerializer
from kzafrica.filtering import nearest, refuse_bad_parameters
from kzafrica.problems import BadParameters
from kzafrica.rest import FORM_OF_RECORD

FIELDS = OpenApiParameter("fields", OpenApiTypes.STR, description="Names of members to give, separated by commas.")


@extend_schema_view(list=described(parameters=[FIELDS]), retrieve=described(parameters=[FIELDS]))
class PublicViewSet(ReadOnlyModelViewSet):
    """Rows to read, whole or by the members that ``fields`` names; any other parameter has to be a filter."""

    lookup_url_kwarg = "key"

    def get_serializer(self, *args, **options):
        self._refuse_unknown_fields()
        return super().get_serializer(*args, **options)

    def retrieve(self, request, *args, **kwargs):
        refuse_bad_parameters(request.query_params, None, also=FORM_OF_RECORD)
        return super().retrieve(request, *args, **kwargs)

    def filter_queryset(self, queryset):
        return queryset if self.detail else super().filter_queryset(queryset)

    def _refuse_unknown_fields(self) -> None:
        wanted = self.request.query_params.get("fields", "")
        known = self.get_serializer_class().Meta.fields
        errors = []
        for name in filter(None, (name.strip() for name in wanted.split(","))):
            if name not in known:
                near = nearest(name, known)
                hint = _(" Did you mean “%s”?") % near if near else _(" Known are: %s.") % ", ".join(known)
                errors.append(("fields", _("There is no member “%s”.") % name[:60] + hint, near))
        if errors:
            raise BadParameters(errors)


class KeyedViewSet(PublicViewSet):
    """Rows found by the key in their address, codes in any case; a key that a record once had leads to its own."""

    lookup_value_regex = r"[A-Za-z0-9_.-]+"

    def __init_subclass__(cls, **options) -> None:
        super().__init_subclass__(**options)
        if "lookup_field" not in vars(cls) and cls.queryset is not None:
            cls.lookup_field = cls.queryset.model.natural_key_fields[0]

    def retrieve(self, request, *args, **kwargs):
        try:
            return super().retrieve(request, *args, **kwargs)
        except Http404:
            model = self.queryset.model
            redirect = Redirect.objects.of(model, kwargs[self.lookup_url_kwarg]).seen_by_readers(model).first()
            if redirect is None:
                raise
            return HttpResponsePermanentRedirect(reverse(request.resolver_match.view_name, args=[redirect.target_key]))

    def get_object(self):
        self.kwargs[self.lookup_url_kwarg] = self.fold_key(self.kwargs[self.lookup_url_kwarg])
        return super().get_object()

    def fold_key(self, key: str) -> str:
        return key


class SourceViewSet(KeyedViewSet):
    """Documents that records cite."""

    queryset = Source.objects.published().for_detail()
    serializer_class = SourceSerializer
    filterset_class = SourceFilterSet


class CorrectionViewSet(PublicViewSet):
    """Changes to published records that readers are told about."""

    queryset = Correction.objects.select_related("change").prefetch_related("record")
    serializer_class = CorrectionSerializer
    filterset_class = CorrectionFilterSet
    lookup_field = "change__number"
    lookup_value_regex = r"\d{1,18}"

    def paginate_queryset(self, queryset):
        return with_versions(super().paginate_queryset(queryset))

    def get_object(self):
        return with_versions([super().get_object()])[0]
