"""The slices of trade rows and the areas in them, as each process keeps them: some thousand small things.

Rows are found by the numbers of their slices and areas and are told to readers by what stands here, so that no query
over a million rows joins anything. What is kept belongs to one content revision and language and is read anew with the
next.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.utils.timezone import localdate
from django.utils.translation import get_language

from kzafrica.editorial.workflow import content_revision
from kzafrica.reference.choices import AreaKind
from kzafrica.reference.models import Area
from trade.models import Slice


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

    @property
    def document(self) -> dict:
        return {"code": self.code, "iso3": self.iso3, "name": self.name}


@dataclass(frozen=True)
class Catalogue:
    """Slices of public releases in the order of their numbers, and every area by its own."""

    slices: dict[int, PartInfo]
    areas: dict[int, AreaInfo]

    def current(self) -> Iterable[PartInfo]:
        return (part for part in self.slices.values() if part.is_current)


def catalogue(revision: int | None = None) -> Catalogue:
    """What is known in the present content revision, names in the active language."""
    return _read(content_revision() if revision is None else revision, get_language() or "")


@lru_cache(maxsize=8)
def _read(revision: int, language: str) -> Catalogue:
    slices = Slice.objects.visible().order_by("pk").select_related("release__source")
    areas = Area.objects.select_related("country")
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
    )
