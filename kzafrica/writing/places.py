"""Where in a written document that is which the rules of records find wrong in its plain content."""

import re

from django.apps import apps
from django.utils.translation import gettext as _

from kzafrica.editorial.content import Fault as ContentFault
from kzafrica.filtering import nearest
from kzafrica.writing.letters import MORE_CITATIONS, Letter
from kzafrica.writing.members import CITATIONS, Form, Shape
from kzafrica.writing.reading import Fault

STEP = re.compile(r"([A-Za-z_]*)(?:\[([0-9]+)\])?")


def faults_in_document(shape: Shape, faults: list[ContentFault], letter: Letter) -> list[Fault]:
    """The same faults by the members of the document."""
    return [_in_document(shape, fault, letter) for fault in faults]


def _in_document(shape: Shape, fault: ContentFault, letter: Letter) -> Fault:
    sentence = fault.sentence
    if letter.lacks_id and fault.where == "slug":
        sentence = _("No id can be made from a title in English: send one.")
    return Fault(member_at(shape, fault.where, letter), sentence, _nearest_to(fault.missing) if fault.missing else None)


def _nearest_to(missing: str) -> str | None:
    """The key that is most like one that no record has, which is named as ``events.event/key``."""
    label, _slash, key = missing.partition("/")
    model = apps.get_model(label)
    (key_field, *_rest) = model.natural_key_fields
    return nearest(key, list(model.objects.order_by(key_field).values_list(key_field, flat=True)))


def member_at(shape: Shape, where: str, letter: Letter) -> str:
    """``participations.0.country`` for ``participations[1].country``, by the names of members."""
    steps: list[str] = []
    for text in filter(None, where.split(".")):
        found = STEP.fullmatch(text)
        column, number = found.groups() if found else (text, None)
        member = shape.by_column.get(column)
        steps.append(shape.member_of(column))
        if number is not None:
            steps.append(str(int(number) - 1))
        if member is not None and member.form == Form.REFERENCES:
            break
        if member is not None and member.rows is not None:
            shape = member.rows
    return ".".join(_among_added(steps, letter.citations_before))


def _among_added(steps: list[str], before: int | None) -> list[str]:
    """A citation that the document adds, where that stands."""
    if before is None or steps[0] != CITATIONS or len(steps) < 2 or int(steps[1]) < before:
        return steps
    return [MORE_CITATIONS, str(int(steps[1]) - before), *steps[2:]]
