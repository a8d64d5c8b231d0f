"""From where a request comes, as far as rates are concerned."""

from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import Final

from starlette.requests import Request

_ONE_HOUSEHOLD: Final = 64


def client_of(request: Request) -> str:
    """The address; of IPv6 the network that one household has all addresses of."""
    text = request.client.host if request.client else ""
    try:
        address = ip_address(text)
    except ValueError:
        return text
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(IPv6Network((address, _ONE_HOUSEHOLD), strict=False))
    return str(address)
