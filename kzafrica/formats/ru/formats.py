"""Days in forms, see the package."""

from kzafrica.formats import DAYS

DATE_INPUT_FORMATS = DAYS
