"""Where a country lies, for pages about one."""

from django import template

from kzafrica.maps.locator import Locator, locator_of
from kzafrica.reference.models import Country

register = template.Library()


@register.filter
def locator(country: Country) -> Locator:
    """``{% include "components/locator.html" with locator=country|locator only %}``; asks the database nothing."""
    return locator_of(country.m49, country.name, country.capital_latitude, country.capital_longitude)
