"""Forms that were sent after the login had expired: once its writer has signed in, a form is shown again, not saved.

The desk carries what was typed through the pages of signing in, then sends it to the address of the form with the mark
``RESUME``. A view that knows the mark shows what was typed and changes nothing; the desk runs no other one with it.
"""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy

RESUME = "_resume"

SIGNED_OUT_MEANWHILE = gettext_lazy("You were signed out meanwhile. Nothing is saved yet: look it through and save.")
NOT_DONE_YET = gettext_lazy("You were signed out meanwhile. Nothing is done yet: look it through and go on.")
PROPOSED_AGAIN = gettext_lazy(
    "Nothing is saved yet: this was proposed and did not come before readers. Change what has to be changed, and save."
)
# What the mark says where it was not a login that expired.
AGAIN = "again"


def sentence_of_resumed(request: HttpRequest) -> str:
    """Why a form is shown again and not saved."""
    return PROPOSED_AGAIN if request.POST[RESUME] == AGAIN else SIGNED_OUT_MEANWHILE


def is_resumed(request: HttpRequest) -> bool:
    """Whether this form comes back after its writer had to sign in: to be shown, and not to be saved."""
    return request.method == "POST" and RESUME in request.POST


def shows_typed(view):
    """Mark a view of the admin that shows what was typed, and changes nothing, where ``is_resumed(request)``."""
    view.shows_typed = True
    return view
