"""Read-only viewsets over records and reference data: published rows, strict filters, redirects."""

from itertools import islice

from django.http import Http404, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema as described
from drf_spectacular.utils import extend_schema_view
from rest_framework.exceptions import APIException
from rest_framework.response import Response
from rest_framework.viewsets import ReadOnlyModelViewSet

from kzafrica.editorial.corrections import with_versions
from kzafrica.editorial.describing import describe_source
from kzafrica.editorial.filters import CorrectionFilterSet, SourceFilterSet
from kzafrica.editorial.gone import sentence_about_gone
from kzafrica.editorial.including import faults_of, fields_parameter, fill, include_parameter, links_of, names_in
from kzafrica.editorial.linked_records import Describe, LinkedDataRenderer, linked_list, linked_record
from kzafrica.editorial.models import Correction, Redirect, Source
from kzafrica.editorial.serializers import CorrectionSerializer, SourceSerializer
from kzafrica.filtering import MOST_FAULTS, nearest, refuse_bad_parameters
from kzafrica.problems import BadParameters
from kzafrica.rest import FORM_OF_RECORD, JSONRenderer


class PublicViewSet(ReadOnlyModelViewSet):
    """Rows to read, whole or by the members that ``fields`` names; any other parameter has to be a filter.

    Where members are links to other records, ``include`` names those to be filled up.
    """

    lookup_url_kwarg = "key"
    links: dict[str, str] = {}
    also_takes: tuple[str, ...] = ()
    # What a record is in a few words, as on its page; where it is said, records come as JSON-LD too.
    describe: Describe | None = None

    def __init_subclass__(cls, **options) -> None:
        super().__init_subclass__(**options)
        if cls.serializer_class is None:
            return
        if cls.describe is not None:
            cls.renderer_classes = [JSONRenderer, LinkedDataRenderer]
        cls.links = links_of(cls.serializer_class)
        cls.also_takes = ("include",) if cls.links else ()
        parameters = [fields_parameter(cls.serializer_class.Meta.fields)]
        if cls.links:
            parameters.append(include_parameter(cls.links))
        form = described(parameters=parameters)
        extend_schema_view(list=form, retrieve=form)(cls)

    def get_serializer(self, *args, **options):
        self._refuse_unknown_members()
        return super().get_serializer(*args, **options)

    @property
    def is_linked(self) -> bool:
        return isinstance(self.request.accepted_renderer, LinkedDataRenderer)

    def retrieve(self, request, *args, **kwargs):
        if self.is_linked:
            refuse_bad_parameters(request.query_params, None, also=("format",))
            return Response(linked_record(request, self.get_object(), self.describe))
        refuse_bad_parameters(request.query_params, None, also=(*FORM_OF_RECORD, *self.also_takes))
        response = super().retrieve(request, *args, **kwargs)
        self._include_in([response.data])
        return response

    def get_paginated_response(self, data):
        self._include_in(data)
        return super().get_paginated_response(data)

    def filter_queryset(self, queryset):
        return queryset if self.detail else super().filter_queryset(queryset)

    def _refuse_members_of_json(self) -> None:
        """Raises BadParameters for parameters that choose among the members of a JSON document."""
        chosen = [name for name in ("fields", "include") if name in self.request.query_params]
        if chosen:
            sentence = _("“%s” is about the members of the JSON document: leave it out for JSON-LD.")
            raise BadParameters([(name, sentence % name) for name in chosen])

    def _named_by(self, parameter: str) -> list[str]:
        return names_in(self.request.query_params.get(parameter))

    def _include_in(self, rows: list[dict]) -> None:
        names = self._named_by("include")
        if names:
            fill(rows, {name: self.links[name] for name in names}, self.request)

    def _refuse_unknown_members(self) -> None:
        known = self.get_serializer_class().Meta.fields
        fields = self._named_by("fields")
        errors = list(faults_of(self._named_by("include"), self.links, fields))
        for name in islice((name for name in fields if name not in known), MOST_FAULTS):
            near = nearest(name, known)
            hint = _(" Did you mean “%s”?") % near if near else _(" Known are: %s.") % ", ".join(known)
            errors.append(("fields", _("There is no member “%s”.") % name[:60] + hint, near))
        if errors:
            raise BadParameters(errors[:MOST_FAULTS])

    # Last, since within a class its name hides that of the type.
    def list(self, request, *args, **kwargs):
        if not self.is_linked:
            return super().list(request, *args, **kwargs)
        self._refuse_members_of_json()
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        # Not by the method of this class, which looks for members to fill up.
        links = {name: address for name, address in self.paginator.get_paginated_response([]).data.items() if address}
        links.pop("results", None)
        return Response(linked_list(request, page, self.describe, links))


class Gone(APIException):
    """Readers knew it; a sentence says what became of it."""

    status_code = 410


class KeyedViewSet(PublicViewSet):
    """Rows found by the key in their address, codes in any case; a key that a record once had leads to its own."""

    lookup_value_regex = r"[A-Za-z0-9_.-]+"
    also_answers = {"retrieve": (301, 410)}

    def __init_subclass__(cls, **options) -> None:
        super().__init_subclass__(**options)
        if "lookup_field" not in vars(cls) and cls.queryset is not None:
            cls.lookup_field = cls.queryset.model.natural_key_fields[0]

    def retrieve(self, request, *args, **kwargs):
        try:
            return super().retrieve(request, *args, **kwargs)
        except Http404:
            model = self.queryset.model
            key = kwargs[self.lookup_url_kwarg]
            redirect = Redirect.objects.of(model, key).seen_by_readers(model).first()
            if redirect is None:
                detail = sentence_about_gone(model, self.lookup_field, self.fold_key(key))
                if detail is None:
                    raise
                raise Gone(detail) from None
            address = reverse(request.resolver_match.view_name, args=[redirect.target_key])
            query = request.query_params.urlencode()
            return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)

    def get_object(self):
        self.kwargs[self.lookup_url_kwarg] = self.fold_key(self.kwargs[self.lookup_url_kwarg])
        return super().get_object()

    def fold_key(self, key: str) -> str:
        return key


class SourceViewSet(KeyedViewSet):
    """Documents that records cite."""

    queryset = Source.objects.published().for_detail()
    describe = staticmethod(describe_source)
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
