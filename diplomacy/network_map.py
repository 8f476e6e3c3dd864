"""The missions of a network on a map: a mark for each city, the states that receive them set apart."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diplomacy.computations import Network
from diplomacy.models import Mission
from kzafrica.editorial.templatetags.records import day_in_words
from kzafrica.maps.places import PlaceMap, Stop


def network_map(network: Network) -> PlaceMap:
    """The network of its day: what exists as full marks, what is undetermined as hollow ones."""
    existing, undetermined = ([step.mission for step in steps] for steps in (network.steps, network.undetermined))
    stops = [*_stops(existing, "full"), *_stops(undetermined, "hollow")]
    day = day_in_words(network.on)
    sentence = ngettext("%(n)s mission on %(day)s.", "%(n)s missions on %(day)s.", network.count)
    words = [sentence % {"n": network.count, "day": day}]
    if undetermined:
        words.append(_("Hollow marks: undetermined on that day."))
    return PlaceMap(
        code="network",
        title=_("Missions of %(sending)s in Africa") % {"sending": network.sending},
        sentence=" ".join(words),
        stops=stops,
        lit={"there": {mission.receiving.m49 for mission in existing if mission.receiving}},
        lit_names={"there": _("states with a mission")},
    )


def _stops(missions: Iterable[Mission], look: str) -> list[Stop]:
    return [
        Stop(
            key=mission.slug,
            name=str(mission.place or mission.receiving or mission),
            title=str(mission),
            address=mission.get_absolute_url(),
            latitude=mission.place.latitude if mission.place else None,
            longitude=mission.place.longitude if mission.place else None,
            look=look,
        )
        for mission in missions
    ]
