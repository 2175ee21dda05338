"""Every address of the portal, as the URLconf has it."""

from collections.abc import Iterator

from django.urls import URLPattern, get_resolver


def every_address(resolver=None, namespace: str = "", path: str = "") -> Iterator[tuple[str, str]]:
    """(name with its namespace, pattern). The admin counts as one address, because its site
    protects all of its pages in the same way.
    """
    for entry in (resolver or get_resolver()).url_patterns:
        here = path + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name}", here
        elif entry.namespace == "admin":
            yield "admin:index", here
        else:
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from every_address(entry, inner, here)
