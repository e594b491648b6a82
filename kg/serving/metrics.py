"""What the server has done so far, in the text format of Prometheus, and one line to the log for each request."""

import sys
from collections import Counter
from contextlib import suppress

from kg.text import printable

__all__ = ["Metrics"]


class Metrics:
    """Counts since the start.

    Args:
        quiet: Log only what went wrong on our side.

    Attributes:
        requests: By method and status.
        given_up: Jobs, by reason.
        seconds: That all answers took together.
        sent: Bytes of all bodies.
    """

    def __init__(self, *, quiet: bool = False) -> None:
        self._quiet = quiet
        self.requests: Counter[tuple[str, int]] = Counter()
        self.given_up: Counter[str] = Counter()
        self.seconds = 0.0
        self.sent = 0

    def count(self, method: str, path: str, status: int, seconds: float, sent: int) -> None:
        """Count a request, and log it."""
        self.requests[method if method in _METHODS else "other", status] += 1
        self.seconds += seconds
        self.sent += sent
        if not self._quiet:
            self.note(f"{method} {path} {status} {sent} B {seconds * 1000:.0f} ms")

    def note(self, message: str) -> None:
        """Log a line; what would break it or steer a terminal is taken out."""
        with suppress(OSError):
            sys.stderr.write(f"{printable(message)}\n")

    def text(self) -> str:
        """Write the counts (https://prometheus.io/docs/instrumenting/exposition_formats/)."""
        lines = ["# TYPE kg_requests_total counter"]
        for (method, status), number in sorted(self.requests.items()):
            lines.append(f'kg_requests_total{{method="{method}",status="{status}"}} {number}')
        lines.append("# TYPE kg_given_up_total counter")
        lines += [
            f'kg_given_up_total{{reason="{reason}"}} {number}' for reason, number in sorted(self.given_up.items())
        ]
        lines += ["# TYPE kg_answer_seconds_total counter", f"kg_answer_seconds_total {self.seconds:.6f}"]
        lines += ["# TYPE kg_sent_bytes_total counter", f"kg_sent_bytes_total {self.sent}"]
        return "\n".join(lines) + "\n"


_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"})
