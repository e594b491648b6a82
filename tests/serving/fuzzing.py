"""Requests of every kind, most of them wrong: what is drawn here is sent as it is, byte by byte."""

import socket
from urllib.parse import quote_from_bytes, urlsplit

from hypothesis import strategies as st

__all__ = ["raw_requests", "send_raw"]

_METHODS = ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "get"]
_PAGES = ["/", "/query", "/query/examples", "/explore", "/id/method/u-net", "/ns", "/health", "/metrics"]
_PATHS = [*_PAGES, "/sparql", "/sparql/", "/update", "/store", "/store/a"]
_PARAMETERS = [
    "query",
    "update",
    "default-graph-uri",
    "named-graph-uri",
    "graph",
    "default",
    "format",
    "using-graph-uri",
]
_TEXTS = [
    b"ASK {}",
    b"SELECT * { ?s ?p ?o } LIMIT 1",
    b"CONSTRUCT WHERE { ?s ?p ?o }",
    b"DESCRIBE <https://example.org/kg/id/method/u-net>",
    b"SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    b"CLEAR ALL",
    b"<urn:x:s> <urn:x:p> <urn:x:o> .",
    b"urn:x:g",
    b"turtle",
    b"(" * 300,
    b"",
]
_TYPES = [
    "application/sparql-query",
    "application/sparql-update",
    "application/x-www-form-urlencoded",
    "text/turtle",
    "application/rdf+xml",
    "multipart/form-data; boundary=x",
    "application/sparql-query; charset=utf-16",
    "",
    ";;;",
]
_ACCEPTED = [
    "*/*",
    "text/html",
    "text/turtle;q=0.5, */*;q=nan",
    "application/json",
    "image/png",
    "",
    ",,;q=",
    "a/b;q=1e9",
]

_text = st.sampled_from(_TEXTS) | st.binary(max_size=40)
_parameter = st.tuples(st.sampled_from(_PARAMETERS) | st.text("abc-_%&=", max_size=5), _text)
_header_value = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=20)
_headers = st.fixed_dictionaries(
    {},
    optional={
        "Accept": st.sampled_from(_ACCEPTED) | _header_value,
        "Accept-Encoding": st.sampled_from(["gzip", "identity", "br;q=1, *;q=0"]) | _header_value,
        "Content-Type": st.sampled_from(_TYPES) | _header_value,
        "If-None-Match": st.sampled_from(["*", 'W/"x"', '"']) | _header_value,
        "Authorization": st.sampled_from(["Bearer", "Bearer x", "Basic eDp5"]) | _header_value,
        "Origin": st.sampled_from(["null", "http://localhost", "https://evil.example"]) | _header_value,
        "Access-Control-Request-Method": st.sampled_from(["GET", "PUT", "x"]),
    },
)


@st.composite
def raw_requests(draw: st.DrawFn) -> bytes:
    """A request as it goes through the wire."""
    path = draw(st.sampled_from(_PATHS) | st.text("/.%20a?#&", max_size=12).map(lambda rest: f"/{rest}"))
    pairs = draw(st.lists(_parameter, max_size=3))
    query = "&".join(f"{name}={quote_from_bytes(value)}" for name, value in pairs)
    target = f"{path}?{query}" if pairs and "#" not in path else path
    headers = {"Host": "localhost", "Connection": "close", **draw(_headers)}
    body = draw(_text | st.just(query.encode("latin-1")))
    headers["Content-Length"] = str(len(body))
    lines = [
        f"{draw(st.sampled_from(_METHODS))} {target} HTTP/1.1",
        *(f"{name}: {one}" for name, one in headers.items()),
    ]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


def send_raw(url: str, request: bytes) -> tuple[int, bytes]:
    """Send bytes and read all that comes back; the status is 0 where nothing came."""
    parts = urlsplit(url)
    with socket.create_connection((parts.hostname or "", parts.port or 80), 60) as connection:
        connection.sendall(request)
        answer = b""
        while part := connection.recv(1 << 16):
            answer += part
    words = answer.split(b" ", 2)
    return (int(words[1]) if len(words) > 1 and words[1].isdigit() else 0), answer
