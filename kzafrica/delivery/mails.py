"""The mails themselves: text and plain HTML, nothing loaded from anywhere, no mark that tells who read what."""

from email.utils import formataddr, make_msgid

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kzafrica.delivery.links import CONFIRM, END, MANAGE, link, site_host
from kzafrica.delivery.lists import Filtered
from kzafrica.delivery.models import Subscription
from kzafrica.delivery.telling import Digest

LONGEST_SUBJECT = 150
# So that no robot answers a robot (RFC 3834).
AUTOMATIC = {"Auto-Submitted": "auto-generated"}


def alert(subscription: Subscription, filtered: Filtered, digest: Digest) -> EmailMultiAlternatives:
    """What happened in a list. The language of the subscription has to be active."""
    count = digest.count
    subject = ngettext("%(n)d change: %(list)s", "%(n)d changes: %(list)s", count)
    ends_at = link(END, subscription)
    context = {
        "digest": digest,
        "frequency": subscription.get_frequency_display(),
        "ends_at": ends_at,
        "managed_at": link(MANAGE, subscription),
    }
    headers = AUTOMATIC | {
        "List-Id": f"KZ-Africa <{filtered.file_name()}.alerts.{site_host()}>",
        # One click of a mail program ends the subscription by a POST (RFC 8058).
        "List-Unsubscribe": f"<{ends_at}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        # The same mail sent again keeps its name, by which mail programs know it.
        "Message-ID": (f"<alert-{subscription.pk}-{subscription.told_to}-{subscription.in_hand_to}@{site_host()}>"),
    }
    return _mail(subscription, subject % {"n": count, "list": digest.list_in_words}, "alert", context, headers)


def confirmation(subscription: Subscription, filtered: Filtered) -> EmailMultiAlternatives:
    """Asks whoever owns the address whether they want the mails. The language has to be active."""
    context = {
        "list": filtered.list.label,
        "filters": filtered.safe_words(),
        "frequency": subscription.get_frequency_display(),
        "confirmed_at": link(CONFIRM, subscription),
    }
    return _mail(subscription, _("Do you want e-mails about this list?"), "confirmation", context, AUTOMATIC)


def known_already(subscription: Subscription, filtered: Filtered) -> EmailMultiAlternatives:
    """Tells somebody who asks again that they have these mails. The language has to be active."""
    context = {
        "list": filtered.list.label,
        "filters": filtered.safe_words(),
        "frequency": subscription.get_frequency_display(),
        "managed_at": link(MANAGE, subscription),
    }
    return _mail(subscription, _("You get e-mails about this list already"), "known", context, AUTOMATIC)


def _mail(subscription: Subscription, subject: str, name: str, context: dict, headers: dict) -> EmailMultiAlternatives:
    subject = " ".join(f"KZ-Africa: {subject}".split())
    if len(subject) > LONGEST_SUBJECT:
        subject = subject[: LONGEST_SUBJECT - 1] + "…"
    context |= {"subject": subject, "language": translation.get_language()}
    sender = settings.DEFAULT_FROM_EMAIL
    mail = EmailMultiAlternatives(
        subject,
        render_to_string(f"delivery/mails/{name}.txt", context),
        sender if "<" in sender else formataddr(("KZ-Africa", sender)),
        [subscription.email],
        # Django would name the machine.
        headers={"Message-ID": make_msgid(domain=site_host())} | headers,
    )
    mail.attach_alternative(render_to_string(f"delivery/mails/{name}.html", context), "text/html")
    return mail
