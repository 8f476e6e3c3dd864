"""What a load did and found."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from kzafrica.dataset.reading import FileFault, UnreadableFile
from kzafrica.editorial.content import Fault


@dataclass
class Report:
    """Counts by kind, what was left alone and why, and every fault."""

    created: Counter = field(default_factory=Counter)
    changed: Counter = field(default_factory=Counter)
    unchanged: Counter = field(default_factory=Counter)
    kept: list[str] = field(default_factory=list)
    faults: list[FileFault] = field(default_factory=list)
    # Records that could not be loaded, as ``Fault.missing`` names them, and whether a whole file of them could not.
    failed: set[str] = field(default_factory=set)
    is_incomplete: bool = False

    def fault(self, path: Path, where: str, sentence: str, line: int | None = None) -> None:
        self.faults.append(FileFault(path, Fault(where, sentence, line)))

    def read(self, reader, path: Path):
        """What the reader makes of the file; None after reporting why it cannot be read."""
        try:
            return reader(path)
        except UnreadableFile as error:
            self.faults.append(error.fault)
        except FileNotFoundError:
            self.fault(path, "", _("the file is missing from the dataset."))
        self.is_incomplete = True
        return None

    def follows_from_another(self, fault: Fault) -> bool:
        """Whether a record is missed only because it, or the file it is in, has a fault of its own."""
        return bool(fault.missing) and (self.is_incomplete or fault.missing in self.failed)
