"""One client asks for addresses one after another, and how long they take."""

import gzip
import statistics
import time

import requests


def asked(session: requests.Session, address: str, query: dict) -> tuple[float, int]:
    """Milliseconds, and bytes of the compressed answer."""
    start = time.perf_counter()
    answer = session.get(address, params=query, timeout=60)
    took = (time.perf_counter() - start) * 1000
    assert answer.ok, answer.text
    return took, len(gzip.compress(answer.content, 6))


def summed(answers: list[tuple[float, int]]) -> tuple[float, float, int]:
    """p95 and median (ms), and the most bytes."""
    took = [one for one, _size in answers]
    p95 = statistics.quantiles(took, n=20)[-1]
    return p95, statistics.median(took), max(size for _took, size in answers)
