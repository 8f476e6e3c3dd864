"""Whether the next step of a record is its author's."""

from kzafrica.editorial.publishable import PublishableModel
from kzafrica.workshop.records import STEPS


def waits_for_submission(record: PublishableModel) -> bool:
    """Whether it can be submitted for review as it stands in the workflow."""
    _label, _function, _note, statuses = STEPS["submit"]
    return record.status in statuses
