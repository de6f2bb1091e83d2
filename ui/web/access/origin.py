"""Where a request comes from: the names this server answers to, and the page that sent it."""

from ipaddress import ip_address, ip_network
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection

from ui.settings import UiSettings


def is_loopback(host: str) -> bool:
    """Whether a host's name or address is this machine's own, reached by nobody else."""
    plain = host.strip("[]").rstrip(".").lower()
    if plain == "localhost" or plain.endswith(".localhost"):
        return True
    try:
        return ip_address(plain.partition("%")[0]).is_loopback
    except ValueError:
        return False


def is_known_host(headers: Headers, settings: UiSettings) -> bool:
    """Whether the request calls this server by a name of its own.

    A page elsewhere whose name was made to lead to this machine (DNS rebinding) calls it by that
    name. Only a server on loopback is at risk: elsewhere nothing opens without a session, whose
    cookie belongs to one name.
    """
    if not is_loopback(settings.host):
        return True
    host = host_name(headers.get("host", ""))
    return is_loopback(host) or host == public_host(settings)


def is_cross_site(headers: Headers, settings: UiSettings) -> bool:
    """Whether a request that changes something was sent by a page of another site.

    By Sec-Fetch-Site where the browser sends it, else by Origin; what sends neither isn't a
    browser that could be abused (Filippo Valsorda, Cross-Site Request Forgery, 2025).
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in {"same-origin", "none"}
    origin = headers.get("origin")
    if origin is None:
        return False
    own = {headers.get("host", "").lower()}
    if settings.public_url:
        own.add(urlsplit(settings.public_url).netloc.lower())
    return urlsplit(origin).netloc.lower() not in own


def network_of(address: str) -> str:
    """An address as sign-ins are counted by: of IPv6 the /64, which one customer has whole."""
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if parsed.version == 4:
        return str(parsed)
    if parsed.ipv4_mapped is not None:
        return str(parsed.ipv4_mapped)
    return str(ip_network((parsed, 64), strict=False))


def host_name(authority: str) -> str:
    """The host of `host:port`, in lower case; empty where it makes no sense."""
    try:
        return (urlsplit(f"//{authority}").hostname or "").lower()
    except ValueError:
        return ""


def root_of(request: HTTPConnection) -> str:
    """The path below which a proxy serves the application; inside of a mount, too."""
    return str(request.scope.get("app_root_path", request.scope.get("root_path", "")))


def public_host(settings: UiSettings) -> str:
    """The host of the public address; empty where there is none."""
    return host_name(urlsplit(settings.public_url).netloc) if settings.public_url else ""
