"""Days in forms, see the package."""

from kzafrica.formats import DAYS

# No other language reads strokes, where March 5 would be May 3.
DATE_INPUT_FORMATS = [*DAYS, "%d/%m/%Y"]
