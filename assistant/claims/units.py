"""Units of measure and currencies, as French and English texts write them.

Written down here because CLDR (Babel) names units for display only and lacks those of energy and
ports (MWh, TEU), and quantulum3 reads English only.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache


class Dimension(StrEnum):
    """What a unit measures. Quantities of different dimensions never equal each other."""

    COUNT = "count"
    MONEY = "money"
    SHARE = "share"
    LENGTH = "length"
    AREA = "area"
    VOLUME = "volume"
    MASS = "mass"
    POWER = "power"
    ENERGY = "energy"
    DURATION = "duration"
    SPEED = "speed"
    TEMPERATURE = "temperature"
    CONTAINERS = "containers"
    DATA = "data"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: `value * factor` is in the base unit of its dimension.

    `currency` is an ISO code, or "$" where the text doesn't say which dollar.
    """

    symbol: str
    dimension: Dimension
    factor: float = 1.0
    currency: str = ""

    def comparable(self, other: "Unit") -> bool:
        """Whether amounts in the two can be compared: one dimension, and no other currency."""
        if self.dimension is not other.dimension:
            return False
        if self.currency == other.currency:
            return True
        both = {self.currency, other.currency}
        return any(name in both and both <= family for name, family in _VAGUE.items())


# Names that several countries' currencies share.
_VAGUE = {
    "$": frozenset({"$", "CAD", "USD"}),
    "couronnes": frozenset({"couronnes", "DKK", "SEK", "NOK"}),
}

_D = Dimension
# symbol, dimension, factor, how it is written (regular expression, whole words).
_MEASURES: tuple[tuple[str, Dimension, float, str], ...] = (
    ("%", _D.SHARE, 1, r"%|pour[\s-]cent|per\s?cent|p\.\s?100"),
    ("points", _D.SHARE, 1, r"points?\s(?:de\s)?(?:pourcentage|percentage)|percentage\spoints?"),
    ("km/h", _D.SPEED, 1, r"km/h|kilom[eè]tres?(?:\s(?:à\sl['’]|par\s)|-)heure|km\sper\shour"),
    ("nœuds", _D.SPEED, 1.852, r"n(?:œ|oe)uds?|knots?"),
    ("km²", _D.AREA, 1e6, r"km²|km2|kilom[eè]tres?\scarrés?|square\skilomet(?:re|er)s?"),
    ("m²", _D.AREA, 1, r"m²|m2|m[eè]tres?\scarrés?|square\smet(?:re|er)s?"),
    ("pi²", _D.AREA, 0.09290304, r"pi²|pi2|pieds?\scarrés?|sq\.?\s?ft|square\s(?:feet|foot)"),
    ("ha", _D.AREA, 1e4, r"ha|hectares?"),
    ("acres", _D.AREA, 4046.8564, r"acres?"),
    ("m³", _D.VOLUME, 1, r"m³|m3|m[eè]tres?\scubes?|cubic\smet(?:re|er)s?"),
    ("L", _D.VOLUME, 1e-3, r"L|litres?|liters?"),
    ("km", _D.LENGTH, 1e3, r"km|kilom[eè]tres?|kilomet(?:re|er)s?"),
    ("milles", _D.LENGTH, 1609.344, r"milles(?!\smarins)|miles?"),
    ("milles marins", _D.LENGTH, 1852, r"milles?\smarins?|nautical\smiles?|NM"),
    ("cm", _D.LENGTH, 1e-2, r"cm|centim[eè]tres?|centimet(?:re|er)s?"),
    ("mm", _D.LENGTH, 1e-3, r"mm|millim[eè]tres?|millimet(?:re|er)s?"),
    ("pi", _D.LENGTH, 0.3048, r"pieds?|pi|ft|feet|foot"),
    ("m", _D.LENGTH, 1, r"m|m[eè]tres?|met(?:re|er)s?"),
    ("Mt", _D.MASS, 1e9, r"Mt"),
    ("kt", _D.MASS, 1e6, r"kt|kilotonnes?|kilotons?"),
    ("t", _D.MASS, 1e3, r"t|tonnes?|tons?|metric\stons?"),
    ("kg", _D.MASS, 1, r"kg|kilogrammes?|kilograms?|kilos?"),
    ("g", _D.MASS, 1e-3, r"g|grammes?|grams?"),
    ("TWh", _D.ENERGY, 1e9, r"TWh|t[eé]rawatt(?:s|heures?|s?[\s-]heures?|[\s-]?hours?)"),
    ("GWh", _D.ENERGY, 1e6, r"GWh|gigawatts?[\s-]?(?:heures?|hours?)"),
    ("MWh", _D.ENERGY, 1e3, r"MWh|m[eé]gawatts?[\s-]?(?:heures?|hours?)"),
    ("kWh", _D.ENERGY, 1, r"kWh|kilowatts?[\s-]?(?:heures?|hours?)"),
    ("GW", _D.POWER, 1e9, r"GW|gigawatts?"),
    ("MW", _D.POWER, 1e6, r"MW|m[eé]gawatts?"),
    ("kW", _D.POWER, 1e3, r"kW|kilowatts?"),
    ("W", _D.POWER, 1, r"W|watts?"),
    ("°C", _D.TEMPERATURE, 1, r"°\s?C|degr[eé]s?(?:\sCelsius)?|degrees?(?:\sCelsius)?"),
    ("EVP", _D.CONTAINERS, 1, r"EVP|TEUs?|[eé]quivalents?\svingt\spieds"),
    ("To", _D.DATA, 1e12, r"To|TB|t[eé]raoctets?|terabytes?"),
    ("Go", _D.DATA, 1e9, r"Go|GB|gigaoctets?|gigabytes?"),
    ("ans", _D.DURATION, 365.25, r"ans?|ann[eé]es?|years?"),
    ("mois", _D.DURATION, 30.4375, r"mois|months?"),
    ("semaines", _D.DURATION, 7, r"semaines?|weeks?"),
    ("jours", _D.DURATION, 1, r"jours?|journ[eé]es?|days?"),
    ("heures", _D.DURATION, 1 / 24, r"heures?|hours?|h"),
    ("minutes", _D.DURATION, 1 / 1440, r"minutes?|min"),
)

_SCALES = {"k": 1e3, "K": 1e3, "M": 1e6, "m": 1e6, "G": 1e9, "T": 1e12, "B": 1e9, "b": 1e9, "": 1.0}
_SCALES |= {"Md": 1e9, "Mds": 1e9, "md": 1e9, "bn": 1e9, "mn": 1e6, "Mrd": 1e9}
_US = r"(?:US|U\.S\.|ÉU|américains?|american)"
_CA = r"(?:CA|CAN|canadiens?|canadian)"
# Money after the number: an optional scale stuck to the symbol ("G$", "M€"), then the currency.
_MONEY_AFTER: tuple[tuple[str, str], ...] = (
    ("USD", rf"(?:USD|US\s?\$|\$\s?{_US}|{_US}\sdollars?|dollars?\s(?:des\sÉtats-Unis|{_US}))"),
    ("CAD", rf"(?:CAD|C\$|CA\$|\$\s?{_CA}|{_CA}\sdollars?|dollars?\s{_CA})"),
    ("EUR", r"(?:€|EUR|euros?)"),
    ("GBP", r"(?:£|GBP|livres?(?:\ssterling)?|pounds?(?:\ssterling)?)"),
    ("JPY", r"(?:¥|JPY|yens?)"),
    ("CNY", r"(?:CNY|RMB|yuans?)"),
    ("DKK", r"(?:DKK|couronnes?\sdanoises?|danish\skron(?:er|e))"),
    ("SEK", r"(?:SEK|couronnes?\ssuédoises?|swedish\skron(?:or|a))"),
    ("NOK", r"(?:NOK|couronnes?\snorvégiennes?|norwegian\skron(?:er|e))"),
    ("CHF", r"(?:CHF|francs?\ssuisses?|swiss\sfrancs?)"),
    ("XOF", r"(?:XOF|F\s?CFA|francs?\sCFA|CFA\sfrancs?)"),
    ("KRW", r"(?:₩|KRW|wons?)"),
    ("INR", r"(?:₹|INR|roupies?|rupees?)"),
    ("MAD", r"(?:MAD|dirhams?)"),
    ("pesos", r"(?:pesos?|COP|MXN)"),
    ("couronnes", r"(?:couronnes?|kron(?:er|or|a|e)|crowns?)"),
    ("$", r"(?:\$|dollars?)"),
)
_MONEY_BEFORE: tuple[tuple[str, str], ...] = (
    ("USD", r"(?:US\s?\$|USD\s?)"),
    ("CAD", r"(?:CA?\$|CAD\s?)"),
    ("EUR", r"(?:€|EUR\s?)"),
    ("GBP", r"(?:£|GBP\s?)"),
    ("JPY", r"(?:¥)"),
    ("$", r"(?:\$)"),
)
_SPACE = "[\u00a0\u202f\u2009 ]?"
_SCALE_LETTERS = r"(?P<scale>k|K|Mds?|md|Mrd|M|G|T|B|bn|mn|m|b)?"
_JOINERS = r"(?:de\s|d['’]|of\s|-)?"


@dataclass(frozen=True, slots=True)
class UnitMatch:
    """A unit found next to a number; `scale` multiplies the number ("G" of "G$" is 1e9)."""

    unit: Unit
    scale: float
    start: int
    end: int


@cache
def _measure_patterns() -> tuple[tuple[re.Pattern[str], Unit], ...]:
    return tuple(
        (
            # Symbols of few letters are matched with their case: "m" isn't "M", "t" isn't "T".
            re.compile(rf"(?:{_SPACE}|[\s-]?{_JOINERS})(?:{_with_long_forms(form)})(?![\w²³])"),
            Unit(symbol, dimension, factor),
        )
        for symbol, dimension, factor, form in _MEASURES
    )


def _with_long_forms(form: str) -> str:
    return "|".join(
        alternative if len(alternative) <= 3 else f"(?i:{alternative})"
        for alternative in _alternatives(form)
    )


def _alternatives(form: str) -> list[str]:
    """Top-level alternatives of an expression."""
    parts, depth = [""], 0
    for character in form:
        depth += {"(": 1, ")": -1}.get(character, 0)
        if character == "|" and depth == 0:
            parts.append("")
        else:
            parts[-1] += character
    return parts


@cache
def _money_patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(
        (
            re.compile(rf"{_SPACE}{_SCALE_LETTERS}{_SPACE}{_JOINERS}(?i:{form})(?!\w)", re.UNICODE),
            currency,
        )
        for currency, form in _MONEY_AFTER
    )


@cache
def _prefix_patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(
        (re.compile(rf"(?<!\w){form}{_SPACE}$"), currency) for currency, form in _MONEY_BEFORE
    )


_SCALE_AFTER = re.compile(rf"{_SPACE}(?P<scale>Mds?|bn|mn|[kKMGTBmb])(?![\w$€£])")


def unit_at(text: str, start: int, end: int) -> UnitMatch | None:
    """The unit of the number at `text[start:end]`, written after it or, for money, before."""
    for pattern, currency in _prefix_patterns():
        if match := pattern.search(text[max(0, start - 8) : start]):
            scale = _SCALE_AFTER.match(text, end)
            before = start - len(match.group())
            unit = Unit(currency, Dimension.MONEY, currency=currency)
            if scale:
                return UnitMatch(unit, _SCALES[scale["scale"]], before, scale.end())
            return UnitMatch(unit, 1.0, before, end)
    for pattern, currency in _money_patterns():
        if match := pattern.match(text, end):
            unit = Unit(currency, Dimension.MONEY, currency=currency)
            return UnitMatch(unit, _SCALES[match["scale"] or ""], start, match.end())
    longest: UnitMatch | None = None
    for pattern, unit in _measure_patterns():
        match = pattern.match(text, end)
        if match and (longest is None or match.end() > longest.end):
            longest = UnitMatch(unit, 1.0, start, match.end())
    return longest
