"""What the addresses of sources answer: who is asked, what an answer means, and how many are alive.

Only what proves that a document is gone makes a link dead: the status 404 or 410, or a name that nobody has. A wall
against robots (403, 429), a fault of the server, a silence or a bad certificate prove nothing: the answer is kept, and
whether the link is alive stays open.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus

from django.conf import settings
from django.db import transaction
from django.db.models import Count, F, Max, Min, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from kzafrica.editorial.models import ContentRevision, LinkCheck, Source
from kzafrica.outward import Answer, NoAnswer, NoSuchName, NotLookedUp, Pace, Refused, ask

FIELDS = ("url", "archived_url")
GONE = {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}
NEVER = datetime.min.replace(tzinfo=timezone.get_fixed_timezone(0))


@dataclass(frozen=True)
class Link:
    """One address of one source, and when it was last asked."""

    source: Source
    field: str
    address: str
    checked_at: datetime | None = None


@dataclass(frozen=True)
class Finding:
    """What a link answered; ``is_alive`` is None where the answer does not tell.

    ``is_looked_up`` says whether the name of the host could be, and is None where it was not tried.
    """

    link: Link
    is_alive: bool | None
    answer: str
    is_looked_up: bool | None = True


def links_to_ask(sources: QuerySet, *, older_than_days: int | None = None) -> list[Link]:
    """The addresses of sources: those never asked first, then by the last time.

    ``older_than_days`` leaves out those that were asked since.
    """
    before = None if older_than_days is None else timezone.now() - timedelta(days=older_than_days)
    links = [link for source in sources.prefetch_related("link_checks") for link in _links_of(source)]
    due = [link for link in links if before is None or link.checked_at is None or link.checked_at < before]
    return sorted(due, key=lambda link: (link.checked_at or NEVER, link.source.slug, link.field))


def _links_of(source: Source) -> Iterator[Link]:
    asked = {(check.field, check.address): check.checked_at for check in source.link_checks.all()}
    for field in FIELDS:
        if address := getattr(source, field):
            yield Link(source, field, address, asked.get((field, address)))


def finding_of(link: Link, pace: Pace) -> Finding:
    """Ask a link. No address breaks it: what cannot be asked is a finding too."""
    try:
        answer = ask(link.address, agent=_agent(), pace=pace)
    except Refused as refusal:
        return Finding(link, None, _("Not asked: %(reason)s") % {"reason": refusal}, is_looked_up=None)
    except NoSuchName as reason:
        return Finding(link, False, str(reason), is_looked_up=False)
    except NotLookedUp as reason:
        return Finding(link, None, str(reason), is_looked_up=False)
    except NoAnswer as reason:
        return Finding(link, None, str(reason))
    return Finding(link, is_alive(answer), _words_of(answer))


def is_alive(answer: Answer) -> bool | None:
    """Whether a page came (200 to 399), is gone (404, 410), or the answer does not tell (None)."""
    if answer.status in GONE:
        return False
    return True if 200 <= answer.status < 400 else None


def _words_of(answer: Answer) -> str:
    try:
        words = f"{answer.status} {HTTPStatus(answer.status).phrase}"
    except ValueError:
        words = str(answer.status)
    return _("%(status)s, at %(address)s") % {"status": words, "address": answer.address} if answer.redirects else words


def _agent() -> str:
    return f"KZ-Africa link check (mailto:{settings.SERVER_EMAIL})"


def keep(findings: Sequence[Finding]) -> None:
    """Write what was found, and move the content revision: readers see how many links are alive."""
    now = timezone.now()
    with transaction.atomic():
        there = set(Source.objects.filter(pk__in=[finding.link.source.pk for finding in findings]))
        for finding in findings:
            link = finding.link
            if link.source not in there:
                continue  # Deleted while its address was asked.
            found = {
                "address": link.address,
                "checked_at": now,
                "is_alive": finding.is_alive,
                "answer": finding.answer[:200],
            }
            LinkCheck.objects.update_or_create(source=link.source, field=link.field, defaults=found)
        ContentRevision.objects.get_or_create(pk=1)
        ContentRevision.objects.filter(pk=1).update(number=F("number") + 1)


# --- How many there are


@dataclass(frozen=True)
class LinkStates:
    """Addresses of sources by what they answered when they were last asked."""

    total: int
    alive: int
    dead: int
    first_at: datetime | None = None
    last_at: datetime | None = None
    unclear: int = 0

    @property
    def unasked(self) -> int:
        return self.total - self.alive - self.dead - self.unclear


def link_states(sources: QuerySet) -> LinkStates:
    """In two queries, however many there are."""
    total = sources.aggregate(**{field: Count("pk", filter=~Q(**{field: ""}), distinct=True) for field in FIELDS})
    checks = LinkCheck.objects.present().filter(source__in=sources.values("pk"))
    asked = checks.aggregate(
        alive=Count("pk", filter=Q(is_alive=True)),
        dead=Count("pk", filter=Q(is_alive=False)),
        unclear=Count("pk", filter=Q(is_alive__isnull=True)),
        first_at=Min("checked_at"),
        last_at=Max("checked_at"),
    )
    return LinkStates(total=sum(total.values()), **asked)
