"""A client that keeps a copy of some resources in step with KZ-Africa, as anyone could write it.

It knows one address and the form of an answer, nothing of the site. ``get(address)`` is any HTTP client that follows no
redirects and gives the status and the document, None where there is none.
"""

import re
from collections.abc import Callable


class Copy:
    """Documents by their address. ``catch_up()`` as often as you like; ``resume`` is all that has to be kept."""

    def __init__(self, get: Callable[[str], tuple[int, dict | None]], api: str, resources: list[str]) -> None:
        self.get, self.api = get, api
        self.roots = tuple(f"{api}{name}/" for name in resources)
        self.documents: dict[str, dict] = {}
        self.resume = f"{api}changes/?after=0"

    def catch_up(self) -> None:
        """Take in every change since the last time, page by page, until a page is empty."""
        while True:
            _status, page = self.get(self.resume)
            if not page["results"]:
                return
            changed: set[str] = set()
            for change in page["results"]:
                changed |= self.addresses_in(change)
            self.take_in(changed)
            # Last of all: whoever is interrupted takes the same page in again, which does no harm.
            self.resume = page["resume"]

    def addresses_in(self, change: dict) -> set[str]:
        """The documents that a change tells of: as it is called since, and as it was called before."""
        if change["record_url"] is None:
            return set()  # What has no documents of its own.
        if change["is_of_many"]:
            return self.listed(f"{self.api}{change['resource']}/?fields=url&limit=500")
        former = change["renamed_from"]
        return {change["record_url"], *([former["url"]] if former else [])}

    def listed(self, address: str | None) -> set[str]:
        """Every document of a list."""
        found: set[str] = set()
        while address and address.startswith(self.roots):
            _status, page = self.get(address)
            found |= {row["url"] for row in page["results"]}
            address = page["next"]
        return found

    def take_in(self, changed: set[str]) -> None:
        """Ask for what has changed, and for what names it or is named by it: documents hold each other's names."""
        beside = {other for address in changed for other in self.beside(address)}
        self.ask(changed)
        beside |= {other for address in changed for other in self.beside(address)}
        self.ask(beside - changed)

    def ask(self, addresses: set[str]) -> None:
        for address in addresses:
            if not address.startswith(self.roots):
                continue
            status, document = self.get(address)
            # 301: renamed or merged, and its new address has a change of its own. 410: withdrawn or deleted.
            if status == 200:
                self.documents[address] = document
            else:
                self.documents.pop(address, None)

    def beside(self, address: str) -> set[str]:
        """The documents of the copy that name the one at this address, and those it names."""
        naming = {other for other, document in self.documents.items() if address in links_in(document)}
        named = links_in(self.documents.get(address, {})) & self.documents.keys()
        return naming | named


def links_in(document) -> set[str]:
    """Every address of another document, at any depth."""
    match document:
        case dict():
            return {link for value in document.values() for link in links_in(value)}
        case list():
            return {link for value in document for link in links_in(value)}
        case str() if re.fullmatch(r"https?://\S+/api/v1/\S+/", document):
            return {document}
    return set()
