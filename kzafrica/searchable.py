"""Everything that readers can search, in the order of its kinds on the page: read by search through settings."""

from collections.abc import Iterable, Iterator
from functools import cache
from html import unescape

from django.template import Context
from django.template.loader import get_template
from django.template.loader_tags import BlockNode
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from diplomacy.searchable import SEARCHABLE as OF_DIPLOMACY
from events.searchable import SEARCHABLE as OF_EVENTS
from kzafrica.analysis.searchable import SEARCHABLE as OF_ANALYSIS
from kzafrica.editorial.searchable import LANGUAGES
from kzafrica.editorial.searchable import SEARCHABLE as OF_SOURCES
from kzafrica.middleware import code_version
from kzafrica.reference.searchable import SEARCHABLE as OF_REFERENCE
from kzafrica.search.documents import Document, Passage
from kzafrica.statements.searchable import SEARCHABLE as OF_STATEMENTS
from kzafrica.views import Methodology, Page
from trade.searchable import SEARCHABLE as OF_TRADE

PAGES = {"about": Page, "methodology": Methodology, "data": Page, "privacy": Page}


class PageSearch:
    """The site's own pages, whose words stand in templates and change with the code alone."""

    type, record_type, resource = "page", "", ""
    label, labels = _("Page"), _("Pages of the site")
    weight, is_loaded_in_bulk = 0.8, False

    def state(self) -> str:
        return code_version()

    def all_ids(self) -> set[int]:
        return set(range(1, len(PAGES) + 1))

    def documents(self, record_ids: Iterable[int] | None = None) -> Iterator[Document]:
        for number, (name, view) in enumerate(PAGES.items(), 1):
            if record_ids is None or number in record_ids:
                with override("en"):
                    address = reverse(name)
                passages = {code: words_of_page(name, view, code) for code in LANGUAGES}
                yield Document(record_id=number, key=name, address=address, passages=passages)


@cache
def words_of_page(name: str, view: type[Page], language: str) -> Passage:
    """The heading and the text of a page in a language, without what stands around them on every page.

    A process has one code, and so one text of each.
    """
    with override(language):
        page = view()
        context = page.get_context_data()
        blocks = blocks_of(f"pages/{name}.html", context)
    return Passage(blocks["heading"], " ".join(filter(None, (blocks["lead"], blocks["prose"]))))


def blocks_of(template_name: str, context: dict) -> dict[str, str]:
    template = get_template(template_name).template
    blocks = {node.name: node for node in template.nodelist.get_nodes_by_type(BlockNode)}
    with (filled := Context(context)).bind_template(template):
        return {
            name: " ".join(unescape(strip_tags(node.nodelist.render(filled))).split()) for name, node in blocks.items()
        }


_by_type = {
    kind.type: kind
    for kind in (
        *OF_REFERENCE,
        *OF_EVENTS,
        *OF_DIPLOMACY,
        *OF_TRADE,
        *OF_STATEMENTS,
        *OF_ANALYSIS,
        *OF_SOURCES,
        PageSearch(),
    )
}
_ORDER = """
    country event mission relation agreement initiative programme award person organization figure claim
    article source project route release bloc theme place commodity page
"""
SEARCHABLE = [_by_type[type_] for type_ in _ORDER.split()]
