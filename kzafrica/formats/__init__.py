"""How a day is written in a form: in every language so that no other one reads another day.

A form comes along where its reader changes the language. What is shown is 2026-03-05 in all of them.
"""

DAYS = ["%Y-%m-%d", "%d.%m.%Y"]
