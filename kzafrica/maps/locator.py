"""Where one state lies: a small Africa with the state on it."""

from dataclasses import dataclass

from kzafrica.maps.sheets import Sheet, Spot, sheet


@dataclass(frozen=True)
class Locator:
    """``path`` is empty for islands too small for a shape; ``spot`` is the capital, None without coordinates."""

    name: str
    path: str
    spot: Spot | None

    @property
    def sheet(self) -> Sheet:
        return sheet("locator")

    @property
    def land(self) -> str:
        """All of Africa as one path."""
        return "".join([*self.sheet.states.values(), *self.sheet.unnumbered])

    def __bool__(self) -> bool:
        return bool(self.path or self.spot)


def locator_of(number: str, name: str, latitude=None, longitude=None) -> Locator:
    """The state of a UN M49 number; False where it cannot be shown, as a state outside of Africa."""
    small = sheet("locator")
    return Locator(name, small.states.get(number, ""), small.spot(latitude, longitude))
