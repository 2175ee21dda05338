"""How many examples the suite tries: a third of them on every push, all with ``DEEP=yes``."""

import os

DEEP = os.environ.get("DEEP") == "yes"


def examples(number: int) -> int:
    """Of ``number`` examples, as many as are tried now."""
    return number if DEEP else -(-number // 3)
