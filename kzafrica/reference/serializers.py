from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from kzafrica.editorial.serializers import CountryField, DateField, KeyedSerializer, RecordLink, RecordSerializer
from kzafrica.reference.choices import CountryRole
from kzafrica.reference.models import (
    Area,
    Bloc,
    Commodity,
    Country,
    Membership,
    NameForm,
    Office,
    OfficeHeld,
    Organization,
    Person,
    Place,
    Theme,
)
from kzafrica.translation import EDITORIAL_LANGUAGES

NAMES_SCHEMA = {"type": "object", "properties": {code: {"type": "string"} for code, _language in EDITORIAL_LANGUAGES}}


@extend_schema_field(NAMES_SCHEMA)
class NamesField(serializers.Field):
    """A translated attribute in every language it has."""

    def __init__(self, attribute: str, **options) -> None:
        self.attribute = attribute
        super().__init__(source="*", read_only=True, **options)

    def to_representation(self, record) -> dict:
        words = {code: getattr(record, f"{self.attribute}_{code}") for code, _language in EDITORIAL_LANGUAGES}
        return {code: text for code, text in words.items() if text}


@extend_schema_field(
    {
        "type": ["object", "null"],
        "properties": {"kind": {"type": "string"}, "code": {"type": "string"}, "name": {"type": "string"}},
    }
)
class ReferenceDocument(serializers.Field):
    """``{"kind": "continent", "code": "002", "name": "Africa"}``: what a record points to, if readers may see it."""

    key_member = "code"

    def to_representation(self, value) -> dict | None:
        if not getattr(value, "is_public", True):
            return None
        kind = value.kind if isinstance(value, Bloc) and value.is_continent else value.reference_kind
        return {"kind": kind, "code": value.key, "name": str(value)}


class MembershipSerializer(serializers.ModelSerializer):
    bloc = serializers.CharField(source="bloc.code")
    country = CountryField()
    begins = DateField()
    ends = DateField()

    class Meta:
        model = Membership
        fields = ("bloc", "country", "status", "begins", "ends", "verification", "note")


class CountrySerializer(KeyedSerializer):
    iso3 = serializers.CharField(source="alpha3")
    iso2 = serializers.CharField(source="alpha2")
    names = NamesField("name")
    memberships = MembershipSerializer(many=True)

    class Meta:
        model = Country
        resource = "country"
        fields = (
            *KeyedSerializer.BASE,
            "iso3",
            "iso2",
            "m49",
            "name",
            "names",
            "formal_name",
            "role",
            "region",
            "subregion",
            "capital",
            "capital_latitude",
            "capital_longitude",
            "is_un_member",
            "memberships",
            "note",
        )

    name = serializers.CharField()

    @extend_schema_field({"type": ["string", "null"], "format": "uri"})
    def get_html_url(self, country: Country) -> str | None:
        """Null for a state that is neither side of a pair: whether it has a page depends on what is recorded."""
        has_page = country.has_dossier or country.role == CountryRole.HOME
        return super().get_html_url(country) if has_page else None


class AreaSerializer(KeyedSerializer):
    name = serializers.CharField()
    names = NamesField("name")
    iso3 = serializers.CharField(source="alpha3", help_text="Empty for what is no state or territory of today.")
    country = CountryField()

    class Meta:
        model = Area
        resource = "area"
        fields = (
            *KeyedSerializer.BASE,
            "code",
            "name",
            "names",
            "kind",
            "iso3",
            "country",
            "valid_from",
            "valid_until",
            "is_african",
            "note",
        )


class BlocSerializer(KeyedSerializer):
    name = serializers.CharField()
    names = NamesField("name")
    memberships = MembershipSerializer(many=True)

    class Meta:
        model = Bloc
        resource = "bloc"
        fields = (*KeyedSerializer.BASE, "code", "name", "names", "kind", "memberships", "note")


class PlaceSerializer(KeyedSerializer):
    name = serializers.CharField()
    country = CountryField()

    class Meta:
        model = Place
        resource = "place"
        fields = (*KeyedSerializer.BASE, "name", "country", "latitude", "longitude", "geonames_id", "other_names")


class ThemeSerializer(KeyedSerializer):
    name = serializers.CharField()
    names = NamesField("name")

    class Meta:
        model = Theme
        resource = "theme"
        fields = (*KeyedSerializer.BASE, "name", "names")


class CommoditySerializer(KeyedSerializer):
    parent = serializers.CharField(source="parent.code", default=None, allow_null=True)

    class Meta:
        model = Commodity
        resource = "commodity"
        fields = (*KeyedSerializer.BASE, "code", "edition", "level", "parent", "section", "description", "is_leaf")


class NameFormSerializer(serializers.ModelSerializer):
    class Meta:
        model = NameForm
        fields = ("text", "kind")


class OfficeSerializer(serializers.ModelSerializer):
    id = serializers.CharField(source="slug")
    title = serializers.CharField()
    country = CountryField()

    class Meta:
        model = Office
        fields = ("id", "title", "kind", "country")


class OfficeHeldSerializer(serializers.ModelSerializer):
    office = OfficeSerializer()
    begins = DateField()
    ends = DateField()
    attested = DateField(help_text="When a source shows the person in the office.")

    class Meta:
        model = OfficeHeld
        fields = ("office", "begins", "ends", "attested")


# What rooms above record of a person is written without their models, which this room does not know.


class ParticipationOfPerson(serializers.Serializer):
    """One event, and the capacity in which the person took part or was to."""

    event = RecordLink("event")
    date = DateField(source="event.date", help_text="Of the event.")
    office = OfficeSerializer(allow_null=True, help_text="The capacity at the time; null where none of the list fits.")
    capacity = serializers.CharField(help_text="The style as printed, where no office of the list fits.")
    country = CountryField(help_text="For which state.")
    role = serializers.CharField()
    attendance = serializers.CharField(help_text="took_part or planned.")


class AccreditationOfPerson(serializers.Serializer):
    country = CountryField()
    organization = RecordLink("organization")
    is_resident = serializers.BooleanField(allow_null=True)
    appointed = DateField()
    agrement = DateField()
    copies_presented = DateField()
    credentials_presented = DateField()
    ended = DateField()


class MissionHeaded(serializers.Serializer):
    mission = RecordLink("mission")
    rank = serializers.CharField()
    accreditations = AccreditationOfPerson(many=True, source="accreditations.all")


class AwardOfPerson(serializers.Serializer):
    award = RecordLink("award", source="*")
    order = serializers.CharField()
    order_class = serializers.CharField()
    country = CountryField(help_text="Whose order it is.")
    date = DateField()


class AwardReceived(AwardOfPerson):
    conferred_by = RecordLink("person")


class AwardConferred(AwardOfPerson):
    recipient = RecordLink("person")
    recipient_country = CountryField()


class AgreementSigned(serializers.Serializer):
    agreement = RecordLink("agreement")
    status = serializers.CharField(source="agreement.state.kind", default=None, help_text="Its latest stage.")
    date = DateField(source="agreement.state.date", default=None, help_text="Of that stage.")
    country = CountryField(help_text="For which state.")
    capacity = serializers.CharField(help_text="The office as printed.")


class PersonSerializer(RecordSerializer):
    name = serializers.CharField()
    name_forms = NameFormSerializer(many=True)
    offices_held = OfficeHeldSerializer(many=True)
    born = DateField()
    died = DateField()
    participations = ParticipationOfPerson(many=True, source="public_participations", help_text="The latest first.")
    missions_headed = MissionHeaded(many=True, source="public_missions_headed")
    awards = AwardReceived(many=True, source="public_awards_received", help_text="Received, the latest first.")
    awards_conferred = AwardConferred(many=True, source="public_awards_conferred")
    agreements_signed = AgreementSigned(many=True, source="public_signatures")
    summary = serializers.CharField()

    class Meta:
        model = Person
        resource = "person"
        fields = (
            *RecordSerializer.BASE,
            "name",
            "name_forms",
            "offices_held",
            "born",
            "died",
            "participations",
            "missions_headed",
            "awards",
            "awards_conferred",
            "agreements_signed",
            "summary",
        )


class OrganizationSerializer(RecordSerializer):
    name = serializers.CharField()
    name_forms = NameFormSerializer(many=True)
    country = CountryField()
    summary = serializers.CharField()

    class Meta:
        model = Organization
        resource = "organization"
        fields = (*RecordSerializer.BASE, "name", "name_forms", "kind", "country", "summary")
