"""What figures and claims are to programs: a number with its scope, a sentence with what checking found."""

from decimal import Decimal

from kzafrica.editorial.describing import described, fragment_of, identity
from kzafrica.linked_data import Description, Nature, iso_day
from kzafrica.statements.choices import Qualifier
from kzafrica.statements.computations import estimate_of
from kzafrica.statements.models import Claim, Figure
from kzafrica.statements.wording import figure_text, formula_text


def describe_figure(figure: Figure) -> Description:
    number = figure_text(figure)
    about = figure.subject_record
    measure, amount = figure.get_measure_display(), amount_of(figure)
    item = {
        "@type": "Dataset",
        "variableMeasured": {"@type": "PropertyValue", "name": measure, **amount},
        "measurementTechnique": formula_text(figure) if figure.is_derived else None,
        "mainEntity": {
            "@type": "Observation",
            "name": str(figure),
            "measuredProperty": {"@type": "Property", "name": measure},
            "observationAbout": {"@type": "Thing", "@id": identity(about, fragment_of(about)), "name": str(about)}
            if is_public(about)
            else None,
            "observationDate": iso_day(figure.period),
            **amount,
        },
    }
    return described(
        figure,
        item,
        kind=measure,
        summary=f"{figure}: {number}. {figure.note}",
        date=figure.period,
        sides=[side for side in (about, figure.counterpart_record) if is_public(side)],
        nature=Nature.DATA,
        number=number,
    )


def amount_of(figure: Figure) -> dict:
    """The number as decimals: itself where it is exact or computed, its bounds where it is not exactly that."""
    estimate = estimate_of(figure)
    if estimate is None:
        return {"unitText": figure.unit}
    is_exact = figure.qualifier == Qualifier.EXACT
    interval = estimate.interval
    return {
        "value": decimal(estimate.value) if is_exact or figure.is_derived else None,
        "minValue": None if is_exact and not figure.is_derived else decimal(interval.low),
        "maxValue": None if is_exact and not figure.is_derived else decimal(interval.high),
        "unitText": figure.unit,
    }


def decimal(number: Decimal | None) -> str | None:
    return None if number is None else format(number, "f")


def is_public(record) -> bool:
    return record is not None and getattr(record, "is_public", True)


def describe_claim(claim: Claim) -> Description:
    item = {"@type": "Claim", "text": claim.text}
    summary = f"{claim.get_result_display()}. {claim.reason}"
    return described(claim, item, summary=summary, date=claim.date)
