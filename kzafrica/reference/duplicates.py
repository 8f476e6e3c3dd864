"""Which people and organizations may be one and the same, under another form of the name."""

from kzafrica.translation import translated_names
from kzafrica.workshop.names_alike import called_alike
from kzafrica.workshop.said import Rule

NAMES = Rule((*translated_names("name"), "name_forms.text"), called_alike)
