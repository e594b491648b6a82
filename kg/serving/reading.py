"""The parts of a request, read with care: its parameters, its body, what it takes, and whether it may write."""

import asyncio
import hmac
import re
from typing import Final
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request

__all__ = [
    "FORM",
    "Parameters",
    "all_of",
    "check_token",
    "media_type_of",
    "parameters_of",
    "read_body",
    "read_text",
    "take",
]

FORM: Final = "application/x-www-form-urlencoded"

Parameters = list[tuple[str, str]]

_MOST: Final = 1_000
"""Parameters of one request."""

_PATIENCE: Final = 60
"""Seconds for a request's body to come."""

_CHARSET: Final = re.compile(r"charset\s*=\s*\"?([^\s;\"]+)", re.IGNORECASE)


def parameters_of(text: str) -> Parameters:
    """Split a query string or a form.

    Raises:
        HTTPException: It is no UTF-8, or there are too many.
    """
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_MOST)
    except UnicodeDecodeError as error:
        raise HTTPException(400, "a parameter is not UTF-8") from error
    except ValueError as error:
        raise HTTPException(400, f"more than {_MOST} parameters") from error


def take(parameters: Parameters, name: str) -> str | None:
    """Find a parameter that may be given once; None where it is not given.

    Raises:
        HTTPException: It is given more often.
    """
    values = [value for key, value in parameters if key == name]
    if len(values) > 1:
        raise HTTPException(400, f"{name} is given {len(values)} times; give it once")
    return values[0] if values else None


async def read_body(request: Request, most: int) -> bytes:
    """Receive a request's body.

    Raises:
        HTTPException: It is longer than it may be, or takes too long to come.
    """
    body = bytearray()
    try:
        async with asyncio.timeout(_PATIENCE):
            async for part in request.stream():
                body += part
                if len(body) > most:
                    raise HTTPException(413, f"the request is longer than {most:,} bytes")
    except TimeoutError as error:
        raise HTTPException(408, f"the request has not come within {_PATIENCE} s") from error
    except ClientDisconnect as error:
        raise HTTPException(400, "the request broke off") from error
    return bytes(body)


async def read_text(request: Request, most: int) -> str:
    """Receive a request's body as text.

    Raises:
        HTTPException: It is not UTF-8, or longer than it may be.
    """
    charset = _CHARSET.search(request.headers.get("content-type", ""))
    if charset is not None and charset[1].lower() not in {"utf-8", "utf8", "us-ascii"}:
        raise HTTPException(415, f"the request is in {charset[1]}; send it in UTF-8")
    try:
        return (await read_body(request, most)).decode()
    except UnicodeDecodeError as error:
        raise HTTPException(400, "the request is not UTF-8") from error


def media_type_of(request: Request) -> str:
    """Read the media type of the body; empty where none is told."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def check_token(request: Request, token: str | None) -> None:
    """See that a request may write.

    Raises:
        HTTPException: Nothing can be written here, or the token is not the right one.
    """
    if token is None:
        raise HTTPException(403, "this server only reads; start it with --writable on a store of its own")
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not hmac.compare_digest(given.strip().encode(), token.encode()):
        challenge = {"www-authenticate": 'Bearer realm="kg"'}
        raise HTTPException(401, "writing needs the token: Authorization: Bearer TOKEN", challenge)


def all_of(parameters: Parameters, name: str) -> tuple[str, ...]:
    """Find all values of a parameter, in order."""
    return tuple(value for key, value in parameters if key == name)
