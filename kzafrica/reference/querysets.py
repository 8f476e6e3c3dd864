from collections import defaultdict

from django.db.models import F, Max, Prefetch, QuerySet
from django.db.models.functions import Greatest

from kzafrica.editorial.querysets import NaturalKeyQuerySet, PublishableQuerySet
from kzafrica.folding import fold
from kzafrica.reference.choices import BlocKind, CountryRole
from kzafrica.translation import translated_names


class FoundByName:
    """Rows that are found by words of any of their names, in any order, whatever the case and the accents."""

    # Every column in which a name stands, also of parts.
    name_columns: tuple[str, ...] = tuple(translated_names("name"))

    def named(self, words: str):
        """Rows each of whose words is in one of their names; one query for the names, and then as any filter.

        Names are compared here and not by the database: SQLite folds the case of ASCII alone, and neither it nor
        PostgreSQL knows that N’Guesso is Nguesso. There are a few thousand names at most.
        """
        wanted = fold(words).split()
        names: dict[int, list[str]] = defaultdict(list)
        # Of all rows, since these may be joined, counted or narrowed already.
        for pk, *written in self.model.objects.order_by().values_list("pk", *self.name_columns):
            names[pk] += [fold(name) for name in written if name]
        found = [
            pk
            for pk, folded in names.items()
            if wanted and all(any(word in name for name in folded) for word in wanted)
        ]
        return self.filter(pk__in=found)


class CountryQuerySet(FoundByName, NaturalKeyQuerySet):
    # A capital tells Congo-Brazzaville from Congo-Kinshasa.
    name_columns = (*FoundByName.name_columns, "formal_name", "alpha3", "alpha2", "capital")

    def african(self):
        """The states and territories of Africa: the pairs this record covers."""
        return self.filter(role__in=[CountryRole.AFRICAN_STATE, CountryRole.AFRICAN_TERRITORY])

    def home(self):
        return self.filter(role=CountryRole.HOME)

    def for_list(self):
        return self.prefetch_related("memberships__bloc")


class BlocQuerySet(NaturalKeyQuerySet):
    def for_list(self):
        return self.prefetch_related("memberships__country")

    def continents(self):
        return self.filter(kind=BlocKind.CONTINENT)


class CommodityQuerySet(NaturalKeyQuerySet):
    def get_by_natural_key(self, code: str, edition: str = "H6"):
        return self.get(code=code, edition=edition)

    def for_list(self):
        return self.select_related("parent")


def public_parts(model, name: str, record: str) -> QuerySet:
    """The parts by which records above point to a row of the model, of those records that readers may see."""
    part = model._meta.get_field(name).related_model
    return part.objects.filter(**{f"{record}__in": _public(part, record)}).select_related(record)


def _public(model, name: str) -> QuerySet:
    return model._meta.get_field(name).related_model.objects.published()


def latest_first(queryset: QuerySet, *orders: str) -> QuerySet:
    """Sorted by the latest of some dates of rows below, rows without any last."""
    latest = Max(Greatest(*orders) if len(orders) > 1 else F(*orders))
    return queryset.annotate(latest_order=latest).order_by(F("latest_order").desc(nulls_last=True), "pk")


def public_participations(model) -> QuerySet:
    parts = public_parts(model, "participations", "event").select_related(
        "person", "office__country", "organization", "country"
    )
    return parts.order_by("-event__date_order", "-event__slug", "pk")


ACCREDITATION_ORDERS = ("appointed_order", "copies_presented_order", "credentials_presented_order", "ended_order")


class OrganizationQuerySet(FoundByName, PublishableQuerySet):
    name_columns = (*FoundByName.name_columns, "name_forms__text")

    def for_list(self):
        return self.select_related("country").prefetch_related("name_forms").with_citations()

    def for_detail(self):
        """With all that readers may see of its part in relations, the latest first, in lists named ``public_…``."""
        agreements = public_parts(self.model, "agreement_parties", "agreement").prefetch_related("agreement__stages")
        projects = public_parts(self.model, "projects", "project").prefetch_related("project__stages")
        accreditations = self.model._meta.get_field("accreditations_received").related_model.objects
        to_it = accreditations.filter(head__mission__in=_public_missions(accreditations.model)).select_related(
            "head__mission", "head__person"
        )
        initiatives = _public(self.model, "initiatives").prefetch_related("stages")
        missions = _public(self.model, "missions_received").select_related("sending").prefetch_related("milestones")
        shown = {
            "participations": public_participations(self.model),
            "agreement_parties": latest_first(agreements, "agreement__stages__date_order"),
            "projects": latest_first(projects, "project__stages__date_order"),
            "initiatives": latest_first(initiatives, "stages__date_order"),
            "missions_received": latest_first(missions, "milestones__date_order"),
            "accreditations_received": to_it.order_by(Greatest(*ACCREDITATION_ORDERS).desc(), "pk"),
        }
        return self.for_list().prefetch_related(*_under_their_names(shown))


class PersonQuerySet(FoundByName, PublishableQuerySet):
    name_columns = (*FoundByName.name_columns, "name_forms__text")

    def for_list(self):
        """Rows of the list with the offices held, the latest first, and the forms of the name."""
        held = self.model._meta.get_field("offices_held").related_model.objects.select_related("office__country")
        held = held.order_by(Greatest("begins_order", "ends_order", "attested_order").desc(), "position", "pk")
        return self.prefetch_related(Prefetch("offices_held", queryset=held), "name_forms").with_citations()

    def for_detail(self):
        """With all that readers may see of their public acts, the latest first, in lists named ``public_…``."""
        heads = public_parts(self.model, "missions_headed", "mission")
        accreditations = heads.model._meta.get_field("accreditations").related_model.objects
        heads = heads.prefetch_related(
            Prefetch(
                "accreditations",
                accreditations.select_related("country", "organization").order_by(
                    Greatest(*ACCREDITATION_ORDERS).desc(), "position", "pk"
                ),
            )
        )
        signatures = public_parts(self.model, "signatures", "agreement").select_related("country")
        signatures = signatures.prefetch_related("agreement__stages")
        awards = _public(self.model, "awards_received").order_by("-date_order", "-slug")
        awards = awards.select_related("country", "recipient_country", "recipient", "conferred_by")
        shown = {
            "participations": public_participations(self.model),
            "missions_headed": latest_first(heads, *(f"accreditations__{order}" for order in ACCREDITATION_ORDERS)),
            "awards_received": awards,
            "awards_conferred": awards,
            "signatures": latest_first(signatures, "agreement__stages__date_order"),
        }
        return self.for_list().prefetch_related(*_under_their_names(shown))


def _public_missions(accreditation) -> QuerySet:
    return _public(accreditation._meta.get_field("head").related_model, "mission")


def _under_their_names(shown: dict[str, QuerySet]) -> list[Prefetch]:
    return [Prefetch(name, queryset, to_attr=f"public_{name}") for name, queryset in shown.items()]
