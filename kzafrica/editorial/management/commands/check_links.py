from argparse import ArgumentTypeError
from collections.abc import Sequence
from urllib.parse import urlsplit

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kzafrica.editorial.link_checks import Finding, Link, finding_of, keep, links_to_ask
from kzafrica.editorial.models import Source
from kzafrica.outward import Pace

# So many findings are written at once; whoever interrupts the command loses no more.
KEPT_TOGETHER = 20
# If none of so many hosts has a name, it is rather we who are cut off.
HOSTS_UNTIL_DOUBT = 3


class Command(BaseCommand):
    help = "Ask the addresses of sources whether their documents are still there, a host once a second."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--limit", type=_count, help="ask no more addresses than this")
        parser.add_argument("--older-than", type=_count, metavar="DAYS", help="leave out those asked since")
        parser.add_argument("--source", metavar="SLUG", help="ask the addresses of one source")

    def handle(self, *, limit: int | None, older_than: int | None, source: str | None, **options) -> None:
        sources = Source.objects.at_hand()
        if source is not None:
            sources = sources.filter(slug=source)
            if not sources:
                raise CommandError(_("There is no source “%(slug)s”, or it was withdrawn.") % {"slug": source})
        links = links_to_ask(sources, older_than_days=older_than)[:limit]
        findings = self.ask(links, is_told=options["verbosity"] > 1)
        if is_cut_off(findings):
            raise CommandError(
                _("No name of a host could be looked up: this machine seems to be cut off. Nothing was written.")
            )
        self.stdout.write(summary_of(findings))
        for finding in findings:
            if finding.is_alive is False:
                self.stdout.write(f"  {finding.link.source.slug}: {finding.link.address}: {finding.answer}")

    def ask(self, links: Sequence[Link], *, is_told: bool) -> list[Finding]:
        """What the links answer, written as it comes; all that was found is kept even if a person interrupts."""
        pace, findings, waiting = Pace(), [], []
        try:
            for link in links:
                finding = finding_of(link, pace)
                findings.append(finding)
                waiting.append(finding)
                if is_told:
                    self.stdout.write(f"{link.address}: {finding.answer}")
                if len(waiting) >= KEPT_TOGETHER and not is_cut_off(findings):
                    keep(waiting)
                    waiting = []
        finally:
            if waiting and not is_cut_off(findings):
                keep(waiting)
        return findings


def is_cut_off(findings: Sequence[Finding]) -> bool:
    """Whether no name of several could be looked up: that tells of this machine and not of the documents."""
    hosts = {urlsplit(finding.link.address).hostname for finding in findings if finding.is_looked_up is False}
    return len(hosts) >= HOSTS_UNTIL_DOUBT and not any(finding.is_looked_up for finding in findings)


def summary_of(findings: Sequence[Finding]) -> str:
    if not findings:
        return _("No address is to be asked.")
    states = [finding.is_alive for finding in findings]
    asked = ngettext("%(n)s address asked", "%(n)s addresses asked", len(findings)) % {"n": len(findings)}
    parts = {"asked": asked, "alive": states.count(True), "dead": states.count(False), "open": states.count(None)}
    return _("%(asked)s: %(alive)s alive, %(dead)s dead, %(open)s without an answer that tells.") % parts


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit():
        raise ArgumentTypeError(_("“%(text)s” is not a whole number.") % {"text": text})
    return int(text)
