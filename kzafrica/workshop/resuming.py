"""Forms that come back to be shown, not saved: after an expired login, and in another language.

The desk carries what was typed through the pages of signing in, then sends it to the address of the form with the mark
``RESUME``; so does ``languages.js`` where somebody changes the language over a form that is half filled in. A view that
knows the mark shows what was typed and changes nothing; the desk runs no other one with it.
"""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy

RESUME = "_resume"
# What the mark says of a form that comes in another language.
LANGUAGE = "language"
# What it says of a form that is filled in with what was proposed before.
AGAIN = "again"

SIGNED_OUT_MEANWHILE = gettext_lazy("You were signed out meanwhile. Nothing is saved yet: look it through and save.")
NOT_DONE_YET = gettext_lazy("You were signed out meanwhile. Nothing is done yet: look it through and go on.")
IN_ANOTHER_LANGUAGE = gettext_lazy("The language has changed. Nothing of what you typed is saved yet.")
PROPOSED_AGAIN = gettext_lazy(
    "Nothing is saved yet: this was proposed and did not come before readers. Change what has to be changed, and save."
)


def is_resumed(request: HttpRequest) -> bool:
    """Whether this form comes back to be shown, and not to be saved."""
    return request.method == "POST" and RESUME in request.POST


def not_saved_yet(request: HttpRequest) -> str:
    """Why a form that was resumed is shown, for one that saves what is typed."""
    sentences = {LANGUAGE: IN_ANOTHER_LANGUAGE, AGAIN: PROPOSED_AGAIN}
    return sentences.get(request.POST.get(RESUME, ""), SIGNED_OUT_MEANWHILE)


def not_done_yet(request: HttpRequest) -> str:
    """The same for a form that decides or takes a step."""
    return IN_ANOTHER_LANGUAGE if request.POST.get(RESUME) == LANGUAGE else NOT_DONE_YET


def shows_typed(view):
    """Mark a view of the admin that shows what was typed, and changes nothing, where ``is_resumed(request)``."""
    view.shows_typed = True
    return view
