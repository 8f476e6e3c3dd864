import pytest
import sdmx
from requests.adapters import HTTPAdapter

from tests.sdmx.readers import from_the_site


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    """Requests of clients reach the site within the transaction of the test."""
    monkeypatch.setattr(HTTPAdapter, "send", from_the_site)
    # Clients keep what they were told of a source.
    monkeypatch.setattr(sdmx.source, "sources", {})
    monkeypatch.setattr(sdmx.Client, "cache", {})
