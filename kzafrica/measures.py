"""What the sections can compute about themselves, by measure: read by statements through settings."""

from diplomacy.computations import mission_counts
from kzafrica.statements.choices import Measure

COMPUTATIONS = {Measure.MISSION_COUNT: mission_counts}
