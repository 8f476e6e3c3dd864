"""What the tests of reports share."""

import html
import re

WRONG = "The visit was in December 2024, see the ministry."


def link_on(client, page: str) -> str:
    """The address of the form that stands on a page."""
    found = re.findall(r'href="(/(?:\w\w/)?report/[^"]*)"', client.get(page).content.decode())
    assert len(set(found)) == 1, found
    return html.unescape(found[0])
