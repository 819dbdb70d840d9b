"""Income tax withheld from a mitra's honor (PPh 21), by the method an office has adopted for a year.

Three methods are in use and give three different nets. Which one applies, and every figure in it, is
reference data with its legal basis; here is only the arithmetic. Tax is rounded to the rupiah, half up.

Several payments to one person in a month: the allowance and the effective rate belong to the person's
month, so each payment owes the tax on all that was paid up to and with it, less what earlier payments of
that month have had withheld, whichever office paid them. The third method taxes each payment by itself.

A policy may ask more of who has no tax number (NPWP): `surcharge_percent` on top of the tax, by the law its
`surcharge_basis` names.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

FULL = Decimal(100)
Parameters = Mapping[str, Any]


class Method(StrEnum):
    """`bebas_ptkp`: nothing up to a monthly allowance, the brackets on what lies above it.

    `ter`: one effective rate for the whole month's honor, looked up in the brackets.
    `bukan_pegawai`: the brackets on a share of the honor, payment by payment.
    """

    ALLOWANCE = "bebas_ptkp"
    EFFECTIVE_RATE = "ter"
    NOT_AN_EMPLOYEE = "bukan_pegawai"


@dataclass(frozen=True, kw_only=True, slots=True)
class Withheld:
    """`base` is what was taxed, in rupiah; `tax` what is kept back of `gross`.

    `raised` where the policy asks more tax of who has no NPWP, and there was tax to raise.
    """

    gross: int
    base: int
    tax: int
    raised: bool = False

    @property
    def net(self) -> int:
        return self.gross - self.tax


@dataclass(frozen=True, slots=True)
class Earlier:
    """What one person was paid before in the same month, by any office, and what was kept back of it."""

    gross: int = 0
    tax: int = 0


NOTHING = Earlier()


@dataclass(frozen=True, slots=True)
class Bracket:
    """`rate` percent up to and with `up_to` rupiah; None has no upper end."""

    up_to: int | None
    rate: Decimal


def withhold(gross: int, *, method: str, parameters: Parameters, has_tax_number: bool = True) -> Withheld:
    """The tax on one month's `gross` honor. ValueError names what is missing in `parameters`."""
    brackets = read_brackets(parameters)
    match Method(method):
        case Method.ALLOWANCE:
            base = Decimal(max(0, gross - whole(parameters, "ptkp_month")))
            tax = _progressive(base, brackets)
        case Method.EFFECTIVE_RATE:
            base = Decimal(gross)
            tax = base * _rate_at(gross, brackets) / FULL
        case Method.NOT_AN_EMPLOYEE:
            base = Decimal(gross) * _percent(parameters, "base_percent") / FULL
            tax = _progressive(base, brackets)
    raises = not has_tax_number and has_surcharge(parameters)
    if raises:
        tax += tax * _percent(parameters, "surcharge_percent") / FULL
    return Withheld(gross=gross, base=_rupiah(base), tax=_rupiah(tax), raised=raises and _rupiah(tax) > 0)


def withhold_next(
    gross: int,
    *,
    method: str,
    parameters: Parameters,
    earlier: Earlier = NOTHING,
    has_tax_number: bool = True,
) -> Withheld:
    """The tax on one more payment of a month; at least nothing, at most all of it.

    `base` is what the method looked at: the whole month's where the month counts. A tax once withheld is
    not given back by a later payment under another policy.
    """
    if Method(method) is Method.NOT_AN_EMPLOYEE:
        return withhold(gross, method=method, parameters=parameters, has_tax_number=has_tax_number)
    month = withhold(
        earlier.gross + gross, method=method, parameters=parameters, has_tax_number=has_tax_number
    )
    tax = min(gross, max(0, month.tax - earlier.tax))
    return Withheld(gross=gross, base=month.base, tax=tax, raised=month.raised and tax > 0)


def has_surcharge(parameters: Parameters) -> bool:
    """Whether the policy asks more tax of who has no NPWP."""
    return "surcharge_percent" in parameters


def surcharge_in_words(parameters: Parameters) -> str:
    """How much more the tax of who has no NPWP is, and by what law; "" where the policy has none."""
    if not has_surcharge(parameters):
        return ""
    share = surcharge_share(parameters)
    return f"tanpa NPWP pajaknya ditambah {share} ({parameters.get('surcharge_basis', '')})"


def surcharge_share(parameters: Parameters) -> str:
    """`20%`, with a comma in a part of a percent."""
    return f"{parameters['surcharge_percent']}%".replace(".", ",")


def read_brackets(parameters: Parameters) -> list[Bracket]:
    """The brackets in rising order, the last one open. ValueError says what is wrong with them."""
    rows = parameters.get("brackets")
    if not isinstance(rows, list) or not rows:
        raise ValueError("brackets: a list of {up_to, rate} is needed")
    brackets = [_bracket(row) for row in rows]
    ends = [bracket.up_to for bracket in brackets]
    closed = [end for end in ends[:-1] if end is not None]
    if ends[-1] is not None or len(closed) != len(ends) - 1 or closed != sorted(set(closed)):
        raise ValueError("brackets: up_to rises from row to row and is empty in the last")
    return brackets


def whole(parameters: Parameters, name: str) -> int:
    value = parameters.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError(f"{name}: a whole number of rupiah is needed")
    return value


def _bracket(row: Any) -> Bracket:
    if not isinstance(row, Mapping):
        raise ValueError("brackets: each row is {up_to, rate}")  # noqa: TRY004  # one error for all bad data
    up_to = None if row.get("up_to") is None else whole(row, "up_to")
    return Bracket(up_to, _percent(row, "rate"))


def _percent(parameters: Parameters, name: str) -> Decimal:
    try:
        value = Decimal(str(parameters[name]))
    except (KeyError, InvalidOperation) as error:
        raise ValueError(f"{name}: a percentage is needed") from error
    if not value.is_finite() or not 0 <= value <= FULL:
        raise ValueError(f"{name}: a percentage from 0 to 100 is needed")
    return value


def _rate_at(amount: int, brackets: Sequence[Bracket]) -> Decimal:
    return next(b.rate for b in brackets if b.up_to is None or amount <= b.up_to)


def _progressive(base: Decimal, brackets: Sequence[Bracket]) -> Decimal:
    """Each bracket's rate on the part of `base` that lies in it."""
    tax, below = Decimal(0), Decimal(0)
    for bracket in brackets:
        end = base if bracket.up_to is None else min(base, Decimal(bracket.up_to))
        tax += max(Decimal(0), end - below) * bracket.rate / FULL
        below = max(below, end)
    return tax


def _rupiah(amount: Decimal) -> int:
    return int(amount.quantize(Decimal(1), ROUND_HALF_UP))
