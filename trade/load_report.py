"""What a load of trade rows tells about itself, to the command and to the admin alike."""

from collections import Counter
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from trade.models import Release, Slice
from trade.parsing import FAULTS_TOLD, Tally
from trade.reading import FileFault


@dataclass(frozen=True)
class SliceReport:
    """A slice of the release, and the one that readers have in its place now, if there is one.

    Once the release is public the newer of the two is current: ``is_newer`` says whether it is this one.
    """

    slice: Slice
    present: Slice | None = None
    is_newer: bool = True

    def __str__(self) -> str:
        text = _("%(slice)s: %(n)s rows") % {"slice": self.slice, "n": self.slice.row_count}
        return f"{text}, {self.effect}" if self.present else text

    @property
    def effect(self) -> str:
        """What publishing the release will mean for the slice; empty where nothing else is there."""
        if self.present is None:
            return ""
        details = {"release": self.present.release.slug, "n": self.present.row_count}
        if self.is_newer:
            return _("in place of %(n)s rows of %(release)s") % details
        return _("behind %(n)s rows of %(release)s, which is newer and stays current") % details


@dataclass
class LoadReport:
    """What a load found and did. Nothing was written if there is a fault, or where it was only tried."""

    release: Release | None = None
    faults: list[tuple[str, FileFault]] = field(default_factory=list)
    fault_count: int = 0
    row_count: int = 0
    left_out: Counter = field(default_factory=Counter)
    rounded: int = 0
    slices: list[SliceReport] = field(default_factory=list)
    untitled: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def fault(self, name: str, sentence: str, line: int | None = None) -> None:
        self.take([(name, FileFault(sentence, line))], 1)

    def take(self, faults: list[tuple[str, FileFault]], count: int) -> None:
        """Faults with the files they are in; ``count`` is how many there are, those that are not told included."""
        self.fault_count += count
        self.faults += faults[: FAULTS_TOLD - len(self.faults)]

    def add(self, name: str, tally: Tally) -> None:
        """Take over what was met in one file."""
        self.take([(name, fault) for fault in tally.faults], tally.fault_count)
        self.row_count += tally.row_count
        self.left_out += tally.left_out
        self.rounded += tally.rounded
        self.notes += [note for note in tally.notes if note not in self.notes]

    def undo(self) -> None:
        """Forget what was written and then taken back."""
        self.release, self.slices, self.untitled = None, [], []

    @property
    def stored_count(self) -> int:
        return sum(part.slice.row_count for part in self.slices)

    @property
    def fault_lines(self) -> list[str]:
        """Each fault with its file and line, and how many more there are."""
        lines = [f"{name}: {fault}" for name, fault in self.faults]
        more = self.fault_count - len(self.faults)
        return [*lines, _("and %s more faults.") % more] if more else lines
