"""What a mail tells of the news of a list: each record once, by what has become of it, in the active language."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kzafrica.delivery.choices import GONE, NewsKind
from kzafrica.delivery.links import absolute
from kzafrica.delivery.lists import Filtered, list_of
from kzafrica.delivery.models import News
from kzafrica.editorial.models import Correction

# So many records one mail names; of the others it says how many they are.
MOST_TOLD = 40

CORRECTED = "corrected"
HEADINGS = {
    NewsKind.NEW: _("New"),
    CORRECTED: _("Corrected"),
    NewsKind.CHANGED: _("Changed"),
    NewsKind.WITHDRAWN: _("Withdrawn"),
    NewsKind.MERGED: _("Merged with another record"),
    NewsKind.LEFT: _("No longer in this list"),
}


@dataclass(frozen=True)
class Entry:
    """One record: its name, its date in words, its address; where it says what changed, and why it was corrected."""

    title: str
    date: str
    address: str
    history: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Group:
    heading: str
    entries: list[Entry]


@dataclass
class Digest:
    """All that a mail tells of a list. ``count`` is of all records, ``more`` of those that it has no room for."""

    list_in_words: str
    list_address: str
    groups: list[Group] = field(default_factory=list)
    count: int = 0

    @property
    def more(self) -> int:
        return self.count - sum(len(group.entries) for group in self.groups)


@dataclass(frozen=True)
class _Told:
    """What became of one record in the time that a mail tells of."""

    kind: str
    news: News
    after_revision: int


def digest_of(filtered: Filtered, news: Iterable[News]) -> Digest:
    """The news of a list, in their order, as a mail tells them. The queries grow with the kinds of records alone.

    A record that is withdrawn since the last look is left out: the next look tells of it.
    """
    told = _told(news)
    rows = _rows(each for each in told if each.kind not in GONE)
    reasons = _reasons(each for each in told if each.kind == NewsKind.CHANGED)
    by_group: dict[str, list[Entry]] = {kind: [] for kind in HEADINGS}
    for each in told:
        row, reason = rows.get(each.news.place), reasons.get(each.news.place, "")
        if each.kind in GONE:
            by_group[each.kind].append(_entry_of_gone(each.news))
        elif row is not None:
            by_group[CORRECTED if reason else each.kind].append(_entry(row, each.kind, reason))
    digest = Digest(filtered.in_words(), absolute(filtered.address()))
    left = MOST_TOLD
    for kind, entries in by_group.items():
        digest.count += len(entries)
        if entries[:left]:
            digest.groups.append(Group(str(HEADINGS[kind]), entries[:left]))
        left -= len(entries[:left])
    return digest


def _told(news: Iterable[News]) -> list[_Told]:
    """Each record once. What came and went within the time is not told, what went and came back has changed."""
    by_place: dict[tuple, list[News]] = defaultdict(list)
    for each in news:
        by_place[each.place].append(each)
    told = []
    for lines in by_place.values():
        first, last = lines[0], lines[-1]
        was_known, is_there = first.kind != NewsKind.NEW, last.kind not in GONE
        if is_there:
            kind = NewsKind.CHANGED if was_known else NewsKind.NEW
        elif was_known:
            kind = last.kind
        else:
            continue
        told.append(_Told(kind, last, first.after_revision))
    return told


def _rows(told: Iterable[_Told]) -> dict[tuple, models.Model]:
    """The records themselves, as far as readers may see them now."""
    by_type: dict[str, list[int]] = defaultdict(list)
    for each in told:
        by_type[each.news.record_type].append(each.news.record_pk)
    return {
        (record_type, row.pk): row
        for record_type, pks in by_type.items()
        for row in list_of(apps.get_model(record_type)).queryset.filter(pk__in=pks)
    }


def _reasons(told: Iterable[_Told]) -> dict[tuple, str]:
    """Why records were corrected within the time, by their place."""
    spans = {each.news.place: (each.after_revision, each.news.to_revision) for each in told}
    if not spans:
        return {}
    numbers = [number for span in spans.values() for number in span]
    types = {apps.get_model(record_type) for record_type, _pk in spans}
    labels = {
        content_type.pk: model._meta.label_lower
        for model, content_type in ContentType.objects.get_for_models(*types).items()
    }
    corrections = Correction.objects.filter(
        content_type__in=labels, object_id__in=[pk for _type, pk in spans], change__number__gt=min(numbers)
    )
    reasons: dict[tuple, list[str]] = defaultdict(list)
    for correction in corrections.filter(change__number__lte=max(numbers)).order_by("change__number"):
        place = (labels[correction.content_type_id], correction.object_id)
        after, to = spans.get(place, (0, -1))
        if after < correction.change_id <= to:
            reasons[place].append(correction.reason)
    return {place: " ".join(said) for place, said in reasons.items()}


def _entry(row: models.Model, kind: str, reason: str) -> Entry:
    of_list = list_of(type(row))
    date = of_list.date_of(row)
    history = ""
    if kind == NewsKind.CHANGED and hasattr(row, "is_public"):
        history = absolute(reverse("editorial:record_history", args=[row._meta.model_name, row.key]))
    return Entry(str(row), date.text() if date else "", absolute(of_list.address_of(row)), history, reason)


def _entry_of_gone(news: News) -> Entry:
    """By the name and address it had: the address says what became of it, or leads on."""
    title = news.titles.get(get_language() or "en") or next(iter(news.titles.values()), news.record_key)
    model = apps.get_model(news.record_type)
    try:
        path = model(**{model.natural_key_fields[0]: news.record_key}).get_absolute_url()
    except (AttributeError, NoReverseMatch):
        return Entry(title, "", "")
    return Entry(title, "", absolute(path))
