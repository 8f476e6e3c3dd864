"""The quality of the record as one computed answer."""

from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

from diplomacy.choices import Strand
from kzafrica.dossier.choices import CellState
from kzafrica.dossier.quality import MANY, RULE, KindQuality, Quality, StrandGaps, quality_on, state_of
from kzafrica.dossier.reciprocity import Cell, Reciprocity
from kzafrica.editorial.choices import SourceKind
from kzafrica.editorial.serializers import CountryField
from kzafrica.filtering import refuse_bad_parameters

NUMBERS = [*(str(number) for number in range(MANY)), f"{MANY}+"]


class KindSerializer(serializers.Serializer):
    """Records of one kind, for the documentation."""

    record_type = serializers.CharField(help_text="Such as event; all for all of them.")
    name = serializers.CharField()
    records = serializers.IntegerField(help_text="What the other numbers of the row are counted over.")
    with_official_source = serializers.IntegerField()
    with_differing_source = serializers.IntegerField()
    by_number_of_sources = serializers.DictField(
        child=serializers.IntegerField(),
        help_text=f"Under {', '.join(NUMBERS)}: how many records have so many sources.",
    )
    mean_sources = serializers.DecimalField(
        max_digits=6, decimal_places=2, allow_null=True, help_text="Null where there is no record."
    )
    translations = serializers.DictField(
        child=serializers.IntegerField(),
        allow_null=True,
        help_text="By language; null where such records have no words of their own.",
    )


class SourcesSerializer(serializers.Serializer):
    total = serializers.IntegerField()
    official = serializers.IntegerField()
    by_kind = serializers.DictField(
        child=serializers.IntegerField(), help_text=f"Under {', '.join(SourceKind.values)}."
    )


class MissionChecksSerializer(serializers.Serializer):
    total = serializers.IntegerField()
    within_a_year = serializers.IntegerField()
    longer_ago = serializers.IntegerField()
    never = serializers.IntegerField()
    first_on = serializers.DateField(allow_null=True, help_text="The longest ago that one of them was checked.")
    last_on = serializers.DateField(allow_null=True)


class LinksSerializer(serializers.Serializer):
    total = serializers.IntegerField(help_text="Addresses of public sources, archived ones too.")
    alive = serializers.IntegerField()
    dead = serializers.IntegerField(help_text="Answered 404 or 410, or the name of the host is not known.")
    unclear = serializers.IntegerField(help_text="Asked, and the answer does not tell: a wall, a fault, a silence.")
    not_asked = serializers.IntegerField()
    first_at = serializers.DateTimeField(allow_null=True)
    last_at = serializers.DateTimeField(allow_null=True)


class StrandSerializer(serializers.Serializer):
    strand = serializers.ChoiceField(choices=Strand)
    pairs = serializers.IntegerField(help_text="What the other numbers of the row are counted over.")
    recorded = serializers.IntegerField()
    none_known = serializers.IntegerField(help_text="An editor has looked and found nothing.")
    not_checked = serializers.IntegerField(help_text="Nothing is on record, and nobody has looked.")


class CellSerializer(serializers.Serializer):
    state = serializers.ChoiceField(choices=CellState)
    count = serializers.IntegerField(help_text="Missions that exist today, visits that were held.")
    checked_on = serializers.DateField(allow_null=True)


class PairSerializer(serializers.Serializer):
    country = CountryField()
    strands = serializers.DictField(child=CellSerializer(), help_text=f"Under {', '.join(Strand.values)}.")


class QualitySerializer(serializers.Serializer):
    on = serializers.DateField(help_text="The day in Almaty on which ages were counted.")
    rule = serializers.CharField()
    all = KindSerializer()
    record_types = KindSerializer(many=True)
    sources = SourcesSerializer()
    missions_checked = MissionChecksSerializer()
    links = LinksSerializer()
    strands = StrandSerializer(many=True)
    pairs = PairSerializer(many=True)
    html_url = serializers.URLField()


class QualityViewSet(ViewSet):
    """How good the record is: sources behind records, age of checks, links, translations, gaps by pair and strand."""

    @extend_schema(responses={200: QualitySerializer(many=False)}, operation_id="get_quality")
    def list(self, request):
        """Counts of public rows, each with the number it is counted over, by the rule that is given."""
        refuse_bad_parameters(request.query_params, None, also=("format",))
        page = request.build_absolute_uri(reverse("dossier:quality"))
        return Response(quality_document(quality_on()) | {"html_url": page})


def quality_document(quality: Quality) -> dict:
    sources, missions, links = quality.official_sources, quality.missions, quality.links
    return {
        "on": quality.on.isoformat(),
        "rule": str(RULE),
        "all": _kind_document(quality.all_kinds),
        "record_types": [_kind_document(kind) for kind in quality.kinds],
        "sources": {
            "total": sources.whole,
            "official": sources.part,
            "by_kind": {kind.value: quality.sources_by_kind.get(kind, 0) for kind in SourceKind},
        },
        "missions_checked": {
            "total": missions.total,
            "within_a_year": missions.within_a_year,
            "longer_ago": missions.longer_ago,
            "never": missions.never,
            "first_on": missions.first_on,
            "last_on": missions.last_on,
        },
        "links": {
            "total": links.total,
            "alive": links.alive,
            "dead": links.dead,
            "unclear": links.unclear,
            "not_asked": links.unasked,
            "first_at": links.first_at,
            "last_at": links.last_at,
        },
        "strands": [_strand_document(gaps) for gaps in quality.gaps],
        "pairs": [_pair_document(pair) for pair in quality.pairs],
    }


def _kind_document(kind: KindQuality) -> dict:
    return {
        "record_type": kind.name,
        "name": kind.label,
        "records": kind.total,
        "with_official_source": kind.with_official.part,
        "with_differing_source": kind.with_differing.part,
        "by_number_of_sources": {name: portion.part for name, portion in zip(NUMBERS, kind.by_sources, strict=True)},
        "mean_sources": kind.mean_sources,
        "translations": kind.translations,
    }


def _strand_document(gaps: StrandGaps) -> dict:
    return {
        "strand": gaps.strand.value,
        "pairs": len(gaps.cells),
        "recorded": gaps.recorded.part,
        "none_known": gaps.none_known.part,
        "not_checked": gaps.not_checked.part,
    }


def _pair_document(pair: Reciprocity) -> dict:
    country = CountryField().to_representation(pair.country)
    return {"country": country, "strands": {strand: _cell_document(cell) for strand, cell in pair.cells.items()}}


def _cell_document(cell: Cell) -> dict:
    return {"state": state_of(cell).value, "count": cell.count, "checked_on": cell.checked_on}
