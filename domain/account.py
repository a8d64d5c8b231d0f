"""What a person may still use without paying: day passes of bundles and plans, included time."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Spent:
    """What one booking or day pass took, in the month ("2026-11") it is used in."""

    ref: str
    month: str
    minutes: int = 0
    passes: int = 0
    """From the plan's passes of that month."""
    bought_passes: int = 0
    """From bundles."""


@dataclass(frozen=True, slots=True)
class Account:
    """`bought_passes` were bought in bundles and do not end with the month."""

    bought_passes: int = 0
    spent: tuple[Spent, ...] = ()


@dataclass(frozen=True, slots=True)
class PassesBought:
    passes: int
    ref: str = ""


@dataclass(frozen=True, slots=True)
class CreditSpent:
    """What was taken; an earlier one of the same `ref` is replaced."""

    spent: Spent


@dataclass(frozen=True, slots=True)
class CreditReturned:
    """What `ref` took is there again."""

    ref: str


AccountEvent = PassesBought | CreditSpent | CreditReturned


def evolve(state: Account | None, event: AccountEvent) -> Account:
    account = state or Account()
    match event:
        case PassesBought(passes):
            return replace(account, bought_passes=account.bought_passes + passes)
        case CreditSpent(spent):
            others = _without(account, spent.ref)
            return replace(account, spent=(*others, spent))
        case CreditReturned(ref):
            return replace(account, spent=_without(account, ref))


def _without(account: Account, ref: str) -> tuple[Spent, ...]:
    return tuple(each for each in account.spent if each.ref != ref)
