"""Countries that tests name, and codes that none of them has."""

from string import ascii_uppercase

KNOWN_COUNTRIES = {
    # alpha-3: alpha-2, M49, name, role
    "KAZ": ("KZ", "398", "Kazakhstan", "home"),
    "COD": ("CD", "180", "Democratic Republic of the Congo", "african_state"),
    "COG": ("CG", "178", "Republic of the Congo", "african_state"),
    "DZA": ("DZ", "012", "Algeria", "african_state"),
    "EGY": ("EG", "818", "Egypt", "african_state"),
    "ETH": ("ET", "231", "Ethiopia", "african_state"),
    "GNB": ("GW", "624", "Guinea-Bissau", "african_state"),
    "KEN": ("KE", "404", "Kenya", "african_state"),
    "MAR": ("MA", "504", "Morocco", "african_state"),
    "NAM": ("NA", "516", "Namibia", "african_state"),
    "TUR": ("TR", "792", "Türkiye", "other"),
    "ZAF": ("ZA", "710", "South Africa", "african_state"),
}
# ISO 3166 leaves XAA to XZZ to its users; the others are those that no known country has.
OWN_CODES = [f"X{first}{second}" for first in ascii_uppercase for second in ascii_uppercase]
FREE_CODES = [code[1:] for code in OWN_CODES if code[1:] not in {row[0] for row in KNOWN_COUNTRIES.values()}]
FREE_NUMBERS = sorted({f"{number:03}" for number in range(1000)} - {row[1] for row in KNOWN_COUNTRIES.values()})
