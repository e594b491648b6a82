"""What a server asks to be shown: from the environment or netrc, never from the command line or an address."""

import ipaddress
import netrc
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from kg.errors import InputError, UsageError

__all__ = ["Credentials", "check_address", "find_credentials"]


@dataclass(frozen=True, slots=True)
class Credentials:
    """Shown to one server.

    Attributes:
        header: Value of ``Authorization``.
        secrets: Texts that no message may show.
    """

    header: str = field(repr=False)
    secrets: tuple[str, ...] = field(repr=False)


def check_address(url: str) -> str:
    """Refuse what is no address of a server, and credentials in it; the message never repeats those.

    Raises:
        UsageError: It is none, or holds credentials.
    """
    try:
        parts = urlsplit(url)
        is_address = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        raise UsageError("the URL is not valid; give one such as https://host/store") from None
    if "@" in parts.netloc:
        raise UsageError("the URL holds credentials; set KG_PUSH_USER and KG_PUSH_PASSWORD, or use netrc")
    if not is_address or parts.fragment or not url.isascii() or not url.isprintable() or " " in url:
        raise UsageError("the URL is no address of a server; give one such as https://host/store")
    return url


def find_credentials(url: str, environment: Mapping[str, str], *, insecure: bool = False) -> Credentials | None:
    """Look in KG_PUSH_TOKEN, then KG_PUSH_USER and KG_PUSH_PASSWORD, then netrc (its path may stand in NETRC).

    Args:
        url: Where they are shown.
        environment: Of the process.
        insecure: Show them without encryption to other machines too.

    Raises:
        UsageError: Only one of user and password is set, one cannot be sent, or everybody on the way could read them.
        InputError: The netrc file is damaged.
    """
    found = _from_environment(environment) or _from_netrc(urlsplit(url), environment)
    if found and not insecure and urlsplit(url).scheme == "http" and not _is_loopback(urlsplit(url).hostname or ""):
        raise UsageError("credentials over http can be read on the way; give an https address, or --insecure")
    return found


def _from_environment(environment: Mapping[str, str]) -> Credentials | None:
    token = environment.get("KG_PUSH_TOKEN", "").strip()
    if token:
        if not (token.isascii() and token.isprintable()):
            raise UsageError("KG_PUSH_TOKEN holds characters that no header may; set it anew")
        return Credentials(f"Bearer {token}", (token,))
    user, password = (environment.get(name, "") for name in ("KG_PUSH_USER", "KG_PUSH_PASSWORD"))
    if bool(user) != bool(password):
        raise UsageError("set both KG_PUSH_USER and KG_PUSH_PASSWORD, or neither")
    return _basic(user, password) if user else None


def _from_netrc(parts: SplitResult, environment: Mapping[str, str]) -> Credentials | None:
    path = Path(environment.get("NETRC") or Path.home() / ".netrc")
    try:
        found = netrc.netrc(path).authenticators(parts.hostname or "")
    except FileNotFoundError:
        return None
    except netrc.NetrcParseError as error:  # its message may repeat a password
        raise InputError(f"{path}:{error.lineno}", "not valid netrc", "mend the file and its rights") from None
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(str(path), f"cannot be read ({type(error).__name__})", "check its rights") from None
    return _basic(found[0], found[2]) if found and found[2] else None


def _basic(user: str, password: str) -> Credentials:
    """Basic authentication (https://www.rfc-editor.org/rfc/rfc7617), in UTF-8.

    >>> _basic("Aladdin", "open sesame").header
    'Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=='
    """
    if ":" in user:
        raise UsageError("the name of a user holds no colon; check KG_PUSH_USER, or netrc")
    encoded = b64encode(f"{user}:{password}".encode()).decode()
    return Credentials(f"Basic {encoded}", (password, encoded))


def _is_loopback(host: str) -> bool:
    """Whether only this machine answers under the name.

    >>> [_is_loopback(host) for host in ("localhost", "127.0.0.1", "::1", "127.0.0.1.example.org")]
    [True, True, True, False]
    """
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
