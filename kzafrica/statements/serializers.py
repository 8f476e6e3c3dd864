from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from kzafrica.editorial.serializers import DateField, RecordLink, RecordSerializer
from kzafrica.reference.serializers import ReferenceDocument
from kzafrica.statements.comparisons import Comparison, Verification
from kzafrica.statements.computations import estimate_of
from kzafrica.statements.models import Claim, Figure
from kzafrica.statements.wording import estimate_interval_text, figure_text, formula_text

NUMBER = {"type": ["string", "null"], "description": "A decimal in the unit, as text."}
AMOUNT_SCHEMA = {
    "type": ["object", "null"],
    "properties": {
        "value": NUMBER,
        "low": NUMBER,
        "high": NUMBER,
        "unit": {"type": "string"},
        "text": {"type": "string"},
        "is_our_reading": {"type": "boolean"},
    },
}

COMPARISONS_SCHEMA = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {
            "label": {"type": "string", "description": "What it is computed from."},
            "computed": AMOUNT_SCHEMA,
            "agrees": {"type": "boolean"},
            "difference": {**NUMBER, "description": "The figure minus the computed number; null where they agree."},
            "is_independent": {"type": "boolean"},
            "is_deciding": {"type": "boolean"},
            "derived_from": {"type": "array", "items": {"type": "object"}},
            "rule": {"type": "string"},
        },
    },
}


class FigureSerializer(RecordSerializer):
    """A number with what it is about, who says it, what we compute and from what."""

    title = serializers.CharField()
    status = serializers.CharField(
        source="reliability", help_text="final, provisional, estimated, planned or disputed."
    )
    headline = serializers.BooleanField(source="is_headline")
    subject = ReferenceDocument(source="subject_record")
    counterpart = ReferenceDocument(source="counterpart_record")
    reported_by = ReferenceDocument(source="reported_by_record")
    commodity = serializers.CharField(source="commodity.code", default=None, allow_null=True)
    period = DateField()
    value = serializers.SerializerMethodField(help_text="A decimal in the unit, as text; computed for derived figures.")
    low = serializers.SerializerMethodField(help_text="Lower end of a stated range, or of a derived interval.")
    high = serializers.SerializerMethodField(help_text="Upper end of a stated range, or of a derived interval.")
    text = serializers.SerializerMethodField(help_text="The number in words, in the language of the request.")
    stated = serializers.SerializerMethodField(help_text="What the source states and what its rounding allows.")
    computed = serializers.SerializerMethodField(help_text="What we compute; null where it cannot be checked.")
    agrees = serializers.SerializerMethodField(help_text="Whether the two agree; null where it cannot be checked.")
    is_independent = serializers.SerializerMethodField(
        help_text="False where the computation rests on sources that state the number themselves; null without one."
    )
    derived_from = serializers.SerializerMethodField(help_text="The records the computed number rests on.")
    rule = serializers.SerializerMethodField(help_text="The formula or rule of the computed number.")
    comparisons = serializers.SerializerMethodField(
        help_text="Everything we compute of it, each beside it; the deciding one gives the members above."
    )
    reason = serializers.SerializerMethodField(help_text="Why it cannot be checked; empty where anything is computed.")
    note = serializers.CharField()

    class Meta:
        model = Figure
        resource = "figure"
        fields = (
            *RecordSerializer.BASE,
            "title",
            "origin",
            "measure",
            "base_measure",
            "subject",
            "counterpart",
            "direction",
            "reported_by",
            "commodity",
            "universe",
            "period",
            "qualifier",
            "value",
            "low",
            "high",
            "unit",
            "printed",
            "text",
            "status",
            "headline",
            "stated",
            "computed",
            "agrees",
            "is_independent",
            "derived_from",
            "rule",
            "comparisons",
            "reason",
            "note",
        )

    @extend_schema_field(NUMBER)
    def get_value(self, figure: Figure) -> str | None:
        estimate = estimate_of(figure)
        return None if estimate is None else decimal_text(estimate.value)

    @extend_schema_field(NUMBER)
    def get_low(self, figure: Figure) -> str | None:
        return decimal_text(self._ends(figure)[0])

    @extend_schema_field(NUMBER)
    def get_high(self, figure: Figure) -> str | None:
        return decimal_text(self._ends(figure)[1])

    def _ends(self, figure: Figure) -> tuple:
        if figure.is_derived and (estimate := estimate_of(figure)) is not None:
            return estimate.interval.low, estimate.interval.high
        return figure.low, figure.high

    def get_text(self, figure: Figure) -> str:
        return figure_text(figure)

    @extend_schema_field(AMOUNT_SCHEMA)
    def get_stated(self, figure: Figure) -> dict | None:
        return None if figure.is_derived else amount_document(estimate_of(figure))

    @extend_schema_field(AMOUNT_SCHEMA)
    def get_computed(self, figure: Figure) -> dict | None:
        if figure.is_derived:
            return amount_document(estimate_of(figure))
        computation = figure.verification.computation
        return None if computation is None else amount_document(computation.estimate)

    def get_agrees(self, figure: Figure) -> bool | None:
        return None if figure.is_derived else figure.verification.agrees

    def get_is_independent(self, figure: Figure) -> bool | None:
        if figure.is_derived or figure.verification.computation is None:
            return None
        return figure.verification.computation.is_independent

    @extend_schema_field({"type": "array", "items": {"type": "object"}})
    def get_derived_from(self, figure: Figure) -> list[dict]:
        if figure.is_derived:
            return [{"role": row.role, **self._reference(row.figure)} for row in figure.inputs.all()]
        computation = figure.verification.computation
        return [self._reference(record) for record in computation.derived_from] if computation else []

    def _reference(self, record) -> dict:
        page = self.context["request"].build_absolute_uri(record.get_absolute_url())
        html_url = page if record.is_public else None
        return {"kind": record.reference_kind, "id": record.key, "name": str(record), "html_url": html_url}

    def get_rule(self, figure: Figure) -> str:
        if figure.is_derived:
            return formula_text(figure)
        computation = figure.verification.computation
        return str(computation.rule) if computation else ""

    @extend_schema_field(COMPARISONS_SCHEMA)
    def get_comparisons(self, figure: Figure) -> list[dict]:
        if figure.verification is None:
            return []
        return [self._comparison(each, figure.verification) for each in figure.verification.comparisons]

    def _comparison(self, comparison: Comparison, verification: Verification) -> dict:
        computation = comparison.computation
        return {
            "label": str(comparison.label),
            "computed": amount_document(computation.estimate),
            "agrees": comparison.agrees,
            "difference": decimal_text(comparison.difference),
            "is_independent": comparison.is_independent,
            "is_deciding": comparison is verification.deciding,
            "derived_from": [self._reference(record) for record in computation.derived_from],
            "rule": str(computation.rule),
        }

    def get_reason(self, figure: Figure) -> str:
        return figure.verification.reason if figure.verification else ""


def decimal_text(value) -> str | None:
    return None if value is None else f"{value:f}"


def amount_document(estimate) -> dict | None:
    if estimate is None:
        return None
    return {
        "value": decimal_text(estimate.value),
        "low": decimal_text(estimate.interval.low),
        "high": decimal_text(estimate.interval.high),
        "unit": estimate.unit,
        "text": estimate_interval_text(estimate),
        "is_our_reading": estimate.interval.is_our_reading,
    }


class ClaimSerializer(RecordSerializer):
    """A checkable sentence of a source, in our words, and what checking it found."""

    text = serializers.CharField()
    date = DateField()
    reason = serializers.CharField()
    about = serializers.SerializerMethodField()
    checked_against = serializers.ListField(child=RecordLink("figure"), source="checked_against.all")

    class Meta:
        model = Claim
        resource = "claim"
        fields = (*RecordSerializer.BASE, "text", "kind", "date", "about", "result", "reason", "checked_against")

    @extend_schema_field({"type": "array", "items": {"type": "object"}})
    def get_about(self, claim: Claim) -> list[dict]:
        field = ReferenceDocument()
        records = [row.record_record for row in claim.subjects.all()]
        return [
            field.to_representation(record) for record in records if getattr(record, "is_public", record is not None)
        ]
