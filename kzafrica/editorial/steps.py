"""The last step that each of many records has taken, of whatever kinds they are."""

from collections import defaultdict
from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q

from kzafrica.editorial.models import Step
from kzafrica.editorial.publishable import PublishableModel


def last_steps(records: Iterable[PublishableModel]) -> dict[PublishableModel, Step]:
    """By record, with who took it; one query. A record that has taken none is not in it."""
    by_type = defaultdict(dict)
    for record in records:
        by_type[ContentType.objects.get_for_model(record).pk][record.pk] = record
    condition = Q()
    for type_id, same in by_type.items():
        condition |= Q(content_type=type_id, object_id__in=list(same))
    steps = Step.objects.filter(condition).select_related("by").order_by("at", "pk") if by_type else ()
    return {by_type[step.content_type_id][step.object_id]: step for step in steps}
