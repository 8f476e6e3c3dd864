"""Why a request is not answered, with the status that the REST API of SDMX has for it.

Bad parameters are a 400 like everywhere (``kzafrica/problems.py``); these are the rest.
"""

from django.utils.translation import gettext as _
from rest_framework import status
from rest_framework.exceptions import APIException

from kzafrica.sdmx.questions import MOST_OBSERVATIONS


class NothingFound(APIException):
    """No results (100)."""

    status_code = status.HTTP_404_NOT_FOUND


class NoSuchForm(APIException):
    """A media type that is not written here."""

    status_code = status.HTTP_406_NOT_ACCEPTABLE


class TooLarge(APIException):
    """The response would exceed what one may have (510)."""

    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE

    def __init__(self) -> None:
        sentence = _("This would be more than %(most)d observations: ask for fewer codes or a shorter time.")
        super().__init__(sentence % {"most": MOST_OBSERVATIONS})


class NotImplementedHere(APIException):
    """Something of the standard that is not offered (501); ``instead`` is what is."""

    status_code = status.HTTP_501_NOT_IMPLEMENTED

    def __init__(self, name: str, instead: str) -> None:
        sentence = _("“%(name)s” is not offered here. Offered instead: %(instead)s.")
        super().__init__(sentence % {"name": name[:60], "instead": instead})
