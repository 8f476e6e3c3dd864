"""The slices of trade rows and the areas in them, as each process keeps them: some thousand small things.

Rows are found by the numbers of their slices and areas and are told to readers by what stands here, so that no query
over a million rows joins anything. What is kept belongs to one content revision and language and is read anew with the
next.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache

from django.utils.timezone import localdate
from django.utils.translation import get_language

from kzafrica.collation import sort_key
from kzafrica.editorial.references import reference_to
from kzafrica.editorial.workflow import content_revision
from kzafrica.reference.choices import AreaKind, MembershipStatus
from kzafrica.reference.models import Area, Bloc
from kzafrica.translation import language_read
from trade.models import Slice

WORLD = ""
# How many catalogues a process keeps: one for each language of the present content revision, and of the one before.
KEPT = 8
# How many questions and pairs are remembered with one.
REMEMBERED = 2000


@dataclass(frozen=True)
class PartInfo:
    """A slice as rows name it."""

    pk: int
    release: str
    release_title: str
    source: str
    perspective: str
    reporter: int
    year: int
    month: int
    edition: str
    is_converted: bool
    is_current: bool
    row_count: int
    released_on: date


@dataclass(frozen=True)
class AreaInfo:
    """An area as rows name it, and as totals sort it."""

    pk: int
    code: str
    iso3: str | None
    name: str
    kind: str
    is_african_state: bool

    @property
    def is_part(self) -> bool:
        """Whether it is one of the disjoint areas that together are the world."""
        return self.kind in (AreaKind.STATE, AreaKind.SPECIAL)

    @cached_property
    def name_order(self) -> str:
        """The key by which the name sorts in the language that it is read in."""
        return sort_key(self.name, language_read())

    @cached_property
    def document(self) -> dict:
        return {"code": self.code, "iso3": self.iso3, "name": self.name}


@dataclass(frozen=True)
class Side:
    """A state or a group of states as one side of trade, by its areas: a state may have several."""

    name: str
    areas: tuple[int, ...]
    is_one_state: bool


@dataclass(frozen=True, eq=False)
class Catalogue:
    """Slices of public releases in the order of their numbers, every area by its own, and the sides of trade."""

    slices: dict[int, PartInfo]
    areas: dict[int, AreaInfo]
    # By the reference of a record: country/ZAF, bloc/002. Empty text is the world.
    sides: dict[str, Side]
    # What was worked out from it, for as long as it is kept itself.
    remembered: dict = field(default_factory=dict, repr=False)

    def remember(self, key: tuple, work_out: Callable):
        """What stands under the key, worked out if it does not yet."""
        if key not in self.remembered:
            if len(self.remembered) >= REMEMBERED:
                self.remembered.clear()
            self.remembered[key] = work_out()
        return self.remembered[key]

    def current(self) -> Iterable[PartInfo]:
        return (part for part in self.slices.values() if part.is_current)


def catalogue(revision: int | None = None) -> Catalogue:
    """What is known in the present content revision, names in the active language."""
    return _read(content_revision() if revision is None else revision, get_language() or "")


@lru_cache(maxsize=KEPT)
def _read(revision: int, language: str) -> Catalogue:
    slices = Slice.objects.visible().order_by("pk").select_related("release__source")
    areas = list(Area.objects.select_related("country"))
    return Catalogue(
        {
            part.pk: PartInfo(
                part.pk,
                part.release.slug,
                part.release.title,
                part.release.source.slug,
                part.release.perspective,
                part.reporter_id,
                part.year,
                part.month,
                part.edition,
                part.is_converted,
                part.is_current,
                part.row_count,
                part.release.released_on or localdate(part.release.created_at),
            )
            for part in slices
        },
        {
            area.pk: AreaInfo(
                area.pk,
                area.code,
                area.country.alpha3 if area.country else None,
                str(area.country or area),
                area.kind,
                area.country is not None and area.country.is_african,
            )
            for area in areas
        },
        dict(_sides(areas)),
    )


def _sides(areas: list[Area]) -> Iterator[tuple[str, Side]]:
    """Every country with an area, every bloc by its members of today, and the world."""
    of_country: dict[int, list[int]] = defaultdict(list)
    for area in areas:
        if area.country_id:
            of_country[area.country_id].append(area.pk)
        elif area.kind == AreaKind.WORLD:
            yield WORLD, Side(str(area), (area.pk,), is_one_state=False)
    for country in {area.country for area in areas if area.country}:
        yield reference_to(country), Side(str(country), tuple(of_country[country.pk]), is_one_state=True)
    african = tuple(area.pk for area in areas if area.country and area.country.is_african)
    for bloc in Bloc.objects.prefetch_related("memberships"):
        members = {row.country_id for row in bloc.memberships.all() if row.status == MembershipStatus.MEMBER}
        joined = tuple(number for country in sorted(members) for number in of_country[country])
        yield reference_to(bloc), Side(str(bloc), african if bloc.is_continent else joined, is_one_state=False)
