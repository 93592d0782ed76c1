"""Addresses of this machine, by which others reach it."""

from __future__ import annotations

import socket
from ipaddress import ip_address
from urllib.parse import urlsplit

__all__ = ["LOOPBACK", "address_of", "is_alone", "own_address"]

LOOPBACK = "127.0.0.1"
FAR_AWAY = "192.0.2.1", 9  # an address of nobody (RFC 5737)


def address_of(name: str) -> str:
    """Return the address that a name of this machine stands for; raises OSError if there is none."""
    try:
        return str(socket.getaddrinfo(name, None, type=socket.SOCK_STREAM)[0][4][0])
    except UnicodeError:  # a name too long to be one
        raise OSError(f"no name of a machine: {name}") from None


def own_address() -> str:
    """Return the address by which others in the network reach this machine, nothing if it is alone; nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as way:
        try:
            way.connect(FAR_AWAY)
        except OSError:
            return ""
        return str(way.getsockname()[0])


def is_alone(url: str) -> bool:
    """Tell whether only this machine reaches what an address leads to."""
    return ip_address(address_of(str(urlsplit(url).hostname))).is_loopback
