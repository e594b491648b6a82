"""No request, however strange, breaks the server."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, example, given, settings

from tests.serving.fuzzing import raw_requests, send_raw
from tests.serving.server import Server

_EXAMPLES = int(os.environ.get("KG_FUZZ_EXAMPLES", "120"))
_ALLOWED = {503, 504}


@settings(
    max_examples=_EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(request=raw_requests())
@example(request=b"GET /sparql?query=%00 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
@example(request=b"GET /id/\xff\xfe HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
@example(
    request=b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"
)
@example(request=b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n")
@example(request=b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n")
def test_no_request_breaks_the_server(server: Server, request: bytes) -> None:
    status, answer = send_raw(server.url, request)

    assert status < 500 or status in _ALLOWED, answer
    assert b"Traceback" not in answer


@pytest.fixture(autouse=True, scope="module")
def _still_answers(server: Server) -> Iterator[None]:
    yield
    assert server.query("ASK {}").status == 200
