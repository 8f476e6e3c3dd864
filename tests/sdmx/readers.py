"""The sdmx1 client, whose requests reach the site without a network and within the transaction of a test.

This folder has no ``__init__.py``: pytest would take it for the package ``sdmx`` itself.
"""

from decimal import Decimal
from io import BytesIO
from urllib.parse import urlsplit

import requests
import sdmx
from django.test import Client

PREFIX = "/api/sdmx/2.1"
SOURCE = {"id": "KZAFRICA", "name": "KZ-Africa", "url": f"http://testserver{PREFIX}"}


def from_the_site(adapter, request, **options) -> requests.Response:
    """What the site answers, as the adapter of a session gives it."""
    address = urlsplit(request.url)
    told = Client().get(f"{address.path}?{address.query}", headers=dict(request.headers))
    answer = requests.Response()
    answer.status_code, answer.url, answer.request = told.status_code, request.url, request
    answer.headers.update(dict(told.items()))
    answer.raw = BytesIO(told.content)
    return answer


def reader() -> sdmx.Client:
    """The client as anybody would have it: its own settings, and our address as a source."""
    sdmx.add_source(SOURCE)
    return sdmx.Client("KZAFRICA")


def numbers(message, *dimensions: str) -> dict[tuple, Decimal | None]:
    """The values of a data message by the codes of some dimensions, as they were written."""
    return {
        tuple(str(getattr(observation.key[name], "value", "")) for name in dimensions): None
        if observation.value is None
        else Decimal(observation.value)
        for observation in message.data[0].obs
    }
