"""What was measured: ours beside a bound taken in the same run."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Figure:
    """Ours, the bound, and how many times the bound it may be. Without a bound it is only told."""

    name: str
    ours: float
    bound: float | None
    goal: float | None
    unit: str

    @property
    def ratio(self) -> float | None:
        return self.ours / self.bound if self.bound else None

    @property
    def is_met(self) -> bool | None:
        return None if self.ratio is None or self.goal is None else self.ratio <= self.goal

    def __str__(self) -> str:
        cells = [f"{self.ours:.3g} {self.unit}"]
        if self.ratio is not None:
            cells += [
                f"{self.bound:.3g} {self.unit}",
                f"{self.ratio:.2f}x",
                f"{self.goal:g}x",
                "met" if self.is_met else "MISSED",
            ]
        return f"  {self.name:<76}" + "".join(f"{cell:>12}" for cell in cells)


HEADER = f"  {'':<76}" + "".join(f"{cell:>12}" for cell in ("ours", "bound", "ratio", "goal", ""))


def peak_mb(process: int | str = "self") -> int:
    """The most memory that a process has held. Not ``getrusage``, which begins with that of the parent."""
    lines = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM"))
