"""Links in mails: the address of the site where no request says it, and marks by which whoever has the mail may act.

A mark is the number of a subscription, signed for one purpose. Nothing of it is kept, so nothing can be stolen; a
number is never given twice, so that a mark ends with its subscription.
"""

from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.urls import reverse

from kzafrica.delivery.models import Subscription

# So long a link that confirms is good.
CONFIRM_WITHIN = timedelta(days=3)
CONFIRM, END, MANAGE = "confirm", "end", "manage"


def site_address() -> str:
    """``https://kz-africa.example``, without a slash at its end."""
    if settings.SITE_ADDRESS:
        return settings.SITE_ADDRESS.rstrip("/")
    named = [host for host in settings.ALLOWED_HOSTS if host.strip(".*")]
    host = named[0].lstrip(".") if named else "localhost"
    return f"https://{host}" if settings.HTTPS else f"http://{host}:8000"


def site_host() -> str:
    return urlsplit(site_address()).hostname or "localhost"


def absolute(path: str) -> str:
    return site_address() + path


def _signer(purpose: str) -> TimestampSigner:
    return TimestampSigner(salt=f"kzafrica.delivery.{purpose}", sep=".")


def link(purpose: str, subscription: Subscription) -> str:
    """The whole address at which the mark acts, in the active language."""
    mark = _signer(purpose).sign(str(subscription.pk))
    return absolute(reverse(f"delivery:{purpose}", args=[mark]))


def subscription_of(purpose: str, mark: str) -> Subscription | None:
    """The subscription that a mark is for; None where there is none any more. Raises BadSignature, SignatureExpired."""
    number = _signer(purpose).unsign(mark, max_age=CONFIRM_WITHIN if purpose == CONFIRM else None)
    return Subscription.objects.select_related("watched").filter(pk=int(number)).first()


# --- The mark of the form, as on the form for errors: it was fetched here, for this list, within a day

FORM_AGE = timedelta(hours=24)
_FORM_SALT = "kzafrica.delivery.form"


def form_mark(list_name: str, query: str) -> str:
    return signing.dumps([list_name, query], salt=_FORM_SALT)


def is_fresh(mark: str, list_name: str, query: str) -> bool:
    try:
        return signing.loads(mark, salt=_FORM_SALT, max_age=FORM_AGE) == [list_name, query]
    except (BadSignature, SignatureExpired):
        return False
