from django.db import models
from django.db.models import Q

from kzafrica.editorial.prose import name_in_prose, named_in_prose, prose_fields
from kzafrica.editorial.querysets import PublishableQuerySet
from kzafrica.editorial.references import reference_to


class ArticleQuerySet(PublishableQuerySet):
    def for_list(self):
        return self.prefetch_related("authors").with_citations()

    def for_detail(self):
        return self.for_list().prefetch_related("records_discussed__record_record")

    def for_feed(self):
        return self.for_list()

    def listing(self, *references: str):
        """Those with one of the records in the list beside them, such as ``country/COD``."""
        rows = self.model._meta.get_field("records_discussed").related_model.objects.filter(record__in=references)
        return self.filter(pk__in=rows.values("article"))

    def discussing(self, record: models.Model) -> list:
        """Those that list the record, or whose text names it, the latest first: one query."""
        listed = reference_to(record) if hasattr(record, "reference_kind") else ""
        name = name_in_prose(record)
        condition = Q(records_discussed__record=listed) if listed else Q()
        for field in prose_fields(self.model) if name else ():
            condition |= Q(**{f"{field.name}__contains": name})
        if not condition:
            return []
        found = self.filter(pk__in=self.model.objects.filter(condition).values("pk"))
        found = found.annotate(
            is_listed=models.Exists(
                self.model.objects.filter(pk=models.OuterRef("pk"), records_discussed__record=listed)
            )
        )
        return [
            article
            for article in found.order_by("-date_order", "-slug")
            # A text may quote the name of a record that it does not use.
            if (listed and article.is_listed) or name in named_in_prose(article)
        ]
