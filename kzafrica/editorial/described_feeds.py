"""Feeds of records that are no occasion: each entry is the description of a record, the latest change first."""

from collections.abc import Callable

from django.db import models

from kzafrica.editorial.describing import describe_source
from kzafrica.editorial.feeds import RecordFeed, said_by
from kzafrica.editorial.filters import SourceFilterSet
from kzafrica.editorial.labels import records_label
from kzafrica.editorial.models import Source
from kzafrica.linked_data import Description
from kzafrica.syndication import Category, Entry


class DescribedFeed(RecordFeed):
    """A feed whose entries say what the head of each record's page says, and who says so."""

    describe: Callable[[models.Model], Description] | None = None

    @property
    def title(self) -> str:
        return records_label(self.queryset.model)

    def entry(self, record: models.Model, **known) -> Entry:
        said = self.describe(record)
        term = getattr(record, "kind", "") or getattr(record, "measure", "") or record._meta.model_name
        return Entry(
            title=f"{said.title}: {said.number}" if said.number else said.title,
            date=said.date,
            place=said.place,
            paragraphs=tuple(filter(None, (said.text, *said_by(record.all_citations())))),
            categories=(Category(term, said.kind),) if said.kind else (),
            **known,
        )


class SourceFeed(DescribedFeed):
    queryset = Source.objects.published()
    filterset_class = SourceFilterSet
    list_name = "editorial:source_list"
    describe = staticmethod(describe_source)
