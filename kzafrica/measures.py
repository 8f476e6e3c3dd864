"""What the sections can compute about themselves: read by statements through settings.

Each function takes figures and gives, by primary key, what it computes for those that are its own: a ``Computation``,
an ``Uncheckable`` with a reason, or a list of them. In this order they stand beside a figure, and the first that is
independent decides.
"""

from diplomacy.computations import mission_counts
from trade.computations import trade_from_rows

COMPUTATIONS = [mission_counts, trade_from_rows]
