"""A look at a watched list: what is in it now, what was at the look before, and what happened in between."""

from collections import defaultdict
from collections.abc import Iterable

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.utils import translation
from django.utils.timezone import localdate

from kzafrica.delivery.choices import NewsKind
from kzafrica.delivery.lists import Filtered, Unreadable
from kzafrica.delivery.models import News, WatchedList, WatchedRecord
from kzafrica.editorial.models import Change, Redirect
from kzafrica.editorial.versions import BRINGING
from kzafrica.editorial.workflow import hold_content, present_revision

# So many rows are asked for or written at once.
TOGETHER = 500

# A record by its type and number: its key may change.
Place = tuple[str, int]


def look(watched: WatchedList) -> None:
    """Write down as News what has happened in the list since it was last looked at; at the first look, nothing.

    New is what is in it and was not, whatever brought it there: a publication, a change, the passing of a day. Changed
    is what was in it and is, and has a public change in the log since. Gone is what was in it and is not. What came and
    went between two looks was never seen. Raises Unreadable, and keeps the reason.
    """
    if (watched.revision, watched.looked_on) == (present_revision(), localdate()):
        return
    try:
        with transaction.atomic():
            _look(watched)
    except Unreadable as reason:
        watched.unreadable = str(reason)
        watched.save(update_fields=["unreadable"])
        raise


def _look(watched: WatchedList) -> None:
    # Nothing becomes public or ceases to be while we look, and no other sender looks.
    hold_content()
    watched.refresh_from_db(from_queryset=WatchedList.objects.select_for_update())
    revision, today = present_revision(), localdate()
    if (watched.revision, watched.looked_on) == (revision, today):
        return
    now = _places(Filtered.of(watched))
    before = {record.place: record for record in watched.records.all()}
    came = [place for place in now if place not in before]
    gone = [record for place, record in before.items() if place not in now]
    told = _changed_since(watched.revision, {place: now[place] for place in now if place in before})
    titles = _titles([*came, *told])
    if watched.revision is not None:
        span = {"watched": watched, "after_revision": watched.revision, "to_revision": revision}
        kinds = _where_gone(gone)
        news = [_row(News, place, now[place], titles[place], kind=NewsKind.NEW, **span) for place in came]
        news += [_row(News, place, now[place], titles[place], kind=NewsKind.CHANGED, **span) for place in told]
        # What is gone is told under the name it had before: another may stand in a draft by now.
        news += [_row(News, row.place, row.record_key, row.titles, kind=kinds[row.place], **span) for row in gone]
        News.objects.bulk_create(news, batch_size=TOGETHER)
    for some in _some(gone):
        WatchedRecord.objects.filter(pk__in=[record.pk for record in some]).delete()
    renamed = [before[place] for place in told]
    for record in renamed:
        record.record_key, record.titles = now[record.place], titles[record.place]
    WatchedRecord.objects.bulk_update(renamed, ["record_key", "titles"], batch_size=TOGETHER)
    WatchedRecord.objects.bulk_create(
        [_row(WatchedRecord, place, now[place], titles[place], watched=watched) for place in came],
        batch_size=TOGETHER,
    )
    watched.revision, watched.looked_on, watched.unreadable = revision, today, ""
    watched.save()


def _places(filtered: Filtered) -> dict[Place, str]:
    """Every record in the list now, with its key."""
    found: dict[Place, str] = {}
    for queryset in filtered.records():
        model = queryset.model
        key = model.natural_key_fields[0] if hasattr(model, "natural_key_fields") else "pk"
        rows = model._base_manager.filter(pk__in=queryset.order_by().values("pk")).order_by("pk")
        found |= {(model._meta.label_lower, pk): str(key) for pk, key in rows.values_list("pk", key)}
    return found


def _changed_since(revision: int | None, places: dict[Place, str]) -> list[Place]:
    """Those of the records that the log has a public change of."""
    if revision is None:
        return []
    by_key = {(record_type, key): (record_type, pk) for (record_type, pk), key in places.items()}
    changes = Change.objects.filter(number__gt=revision, action__in=BRINGING).order_by("number")
    keys = dict.fromkeys(changes.values_list("record_type", "record_key"))
    return [by_key[key] for key in keys if key in by_key]


def _titles(places: Iterable[Place]) -> dict[Place, dict[str, str]]:
    """What the records are called in each language of the site."""
    titles: dict[Place, dict[str, str]] = defaultdict(dict)
    for record in _records(places):
        for code, _name in settings.LANGUAGES:
            with translation.override(code):
                titles[record._meta.label_lower, record.pk][code] = str(record)[:400]
    return dict(titles)


def _records(places: Iterable[Place]) -> Iterable[models.Model]:
    by_type: dict[str, list[int]] = defaultdict(list)
    for record_type, pk in places:
        by_type[record_type].append(pk)
    for record_type, pks in by_type.items():
        model = apps.get_model(record_type)
        named_by = getattr(model, "named_by", ("change",) if record_type == "editorial.correction" else ())
        for some in _some(pks):
            yield from model._base_manager.select_related(*named_by).filter(pk__in=some)


def _where_gone(gone: list[WatchedRecord]) -> dict[Place, NewsKind]:
    """What became of records that are not in the list any more."""
    left = {
        (record._meta.label_lower, record.pk)
        for record in _records(row.place for row in gone)
        if getattr(record, "is_public", True)
    }
    there = {(row.record_type, row.record_key) for row in gone}
    redirects = Redirect.objects.filter(old_key__in=[row.record_key for row in gone]) if gone else ()
    merged = there & {(redirect.record_type, redirect.old_key) for redirect in redirects}
    kinds = {}
    for row in gone:
        if row.place in left:
            kinds[row.place] = NewsKind.LEFT
        else:
            is_merged = (row.record_type, row.record_key) in merged
            kinds[row.place] = NewsKind.MERGED if is_merged else NewsKind.WITHDRAWN
    return kinds


def _row(model: type[models.Model], place: Place, key: str, titles: dict, **fields) -> models.Model:
    record_type, pk = place
    return model(record_type=record_type, record_pk=pk, record_key=key, titles=titles, **fields)


def _some(rows: Iterable) -> Iterable[list]:
    rows = list(rows)
    for start in range(0, len(rows), TOGETHER):
        yield rows[start : start + TOGETHER]
