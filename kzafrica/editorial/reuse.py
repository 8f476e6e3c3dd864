"""What the page of every record offers for re-use: how it is cited, embedded and shared, and what programs read of it.

What each section says of its records stands on the view of the page, as ``describe``; all the rest is worked out here.
"""

from contextlib import suppress
from dataclasses import dataclass
from typing import NamedTuple

from django.db import models
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kzafrica import bibliography
from kzafrica.bibliography import Form, Work
from kzafrica.dates import ImpreciseDate
from kzafrica.editorial.describing import identity
from kzafrica.editorial.labels import records_label
from kzafrica.editorial.publishable import PublishableModel
from kzafrica.editorial.version_pages import version_address
from kzafrica.editorial.versions import public_changes
from kzafrica.linked_data import Description, Nature, PageFacts, Trail, data_block, graph, iso_day, moment


class Offer(NamedTuple):
    """A form in which a citation can be had."""

    form: Form
    label: str
    address: str


@dataclass(frozen=True)
class Reuse:
    """Everything a page offers for re-use, for ``components/reuse.html`` and the head of the page."""

    description: Description
    page: PageFacts
    work: Work
    # Pages that are about several records have no one state that could be frozen, nor a card.
    embed: str = ""
    frozen_embed: str = ""

    @property
    def text(self) -> str:
        return bibliography.as_text(self.work)

    @property
    def offers(self) -> list[Offer]:
        return [Offer(form, form.label, f"{self.page.address}cite.{form}") for form in Form]

    @property
    def markdown(self) -> str:
        """The address of the page as Markdown."""
        return markdown_address(self.page)

    @property
    def linked_data(self) -> str:
        return data_block(graph(self.description, self.page))

    @property
    def embed_code(self) -> str:
        return embed_code(self.embed, self.description.title)

    @property
    def frozen_embed_code(self) -> str:
        return embed_code(self.frozen_embed, self.description.title)

    @property
    def image_words(self) -> str:
        """What the share image shows, in words."""
        said = self.description
        return ", ".join(filter(None, (said.title, said.number, said.date_in_words)))

    @property
    def published_time(self) -> str:
        """When a signed article was published, as precisely as that is known."""
        return iso_day(self.description.written) or moment(self.page.published) or ""

    @property
    def publication_date(self) -> str:
        """As Highwire's tags have it, no more precise than it is: ``2025/09/10``, ``2025/09``, ``2025``."""
        return "/".join(f"{number:02}" for number in self.work.issued)


def markdown_address(page: PageFacts) -> str:
    return f"{page.address.rstrip('/')}.md"


def embed_code(address: str, title: str) -> str:
    """What another site puts into its page; shown as text, which the template escapes once more."""
    if not address:
        return ""
    name = title.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
    return f'<iframe src="{address}" title="{name}" width="100%" height="320" loading="lazy"></iframe>'


def reuse_of(
    request: HttpRequest, record, description: Description, *, sources=(), trail: tuple[Trail, ...] = ()
) -> Reuse:
    """What the page of a public record offers. Costs one query where the record has versions."""
    has_versions = isinstance(record, PublishableModel)
    version = last_version(record)
    page = facts_of(request, record, version=version, sources=sources, trail=trail)
    address = page.address
    embed = f"{address}embed/" if has_versions else ""
    return Reuse(
        description,
        page,
        work_of(record, description, page),
        embed=embed,
        frozen_embed=f"{embed}?version={version}" if embed and version else "",
    )


def last_version(record) -> int | None:
    """The number of the change that readers see; None for what has no versions."""
    has_versions = isinstance(record, PublishableModel)
    return public_changes(record).values_list("number", flat=True).first() if has_versions else None


def facts_of(
    request: HttpRequest, record, fragment: str = "it", *, version: int | None = None, sources=(), trail=()
) -> PageFacts:
    """The page of a record; what has no page of its own is told by its API document."""
    whole = request.build_absolute_uri
    document = document_address(request, record)
    has_page = hasattr(record, "get_absolute_url")
    address = whole(record.get_absolute_url()) if has_page else document
    has_versions = isinstance(record, PublishableModel)
    return PageFacts(
        address=address,
        home=whole(reverse("dossier:home")),
        root=whole("/"),
        identity=whole(identity(record, fragment)) if has_page else f"{document}#{fragment}",
        language=get_language() or "en",
        image=f"{address}share.png",
        changed=record.updated_at,
        published=(record.published_at or record.created_at) if has_versions else None,
        document=document,
        version=version,
        version_address=whole(version_address(record, version)) if version else "",
        sources=tuple(sources),
        trail=trail,
    )


def document_address(request: HttpRequest, record) -> str:
    """The API document of a record; empty where there is none."""
    resource = getattr(record, "resource", "") or record._meta.model_name
    try:
        return request.build_absolute_uri(reverse(f"api:{resource}-detail", args=[record.key]))
    except NoReverseMatch:
        return ""


def work_of(record, description: Description, page: PageFacts) -> Work:
    changed = localdate(page.changed)
    # A signed article is of the day on which it was written; a record is of the day on which it last changed.
    written = iso_day(description.written)
    issued = written or ("" if description.nature is Nature.ARTICLE and description.date else changed.isoformat())
    name = getattr(record, "reference_kind", "") or getattr(record, "resource", "") or record._meta.model_name
    return Work(
        key=f"kzafrica-{name}-{record.key}".lower(),
        title=description.title,
        kind=description.kind,
        nature=description.nature,
        issued=tuple(int(part) for part in issued.split("-") if part),
        issued_in_words=description.date_in_words or ImpreciseDate.parse(changed.isoformat()).text(),
        address=page.address,
        language=page.language,
        accessed=localdate(),
        changed=changed,
        authors=description.authors,
        version=page.version,
        version_address=page.version_address,
    )


def sources_of(evidence) -> list[tuple[str, str]]:
    """The name and address of each source that supports a record."""
    return [(str(support.source), support.source.url) for support in evidence.supports] if evidence else []


def trail_of(request: HttpRequest, model: type[models.Model]) -> tuple[Trail, ...]:
    """The home page, and the list in which records of the kind stand."""
    whole = request.build_absolute_uri
    steps = [Trail(_("Home"), whole(reverse("dossier:home")))]
    view_name = request.resolver_match.view_name if request.resolver_match else ""
    label = records_label(model)
    if label and view_name.endswith("_detail"):
        with suppress(NoReverseMatch):
            steps.append(Trail(label, whole(reverse(f"{view_name.removesuffix('_detail')}_list"))))
    return tuple(steps)
