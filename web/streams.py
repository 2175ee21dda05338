"""Streams without an end: an answer that goes on until its client leaves, or its process ends."""

import asyncio
from collections.abc import AsyncIterator

# One for each open stream of this process; only the event loop knows them.
_ends: set[asyncio.Future] = set()


async def until_left(chunks: AsyncIterator[bytes], leaving: asyncio.Future) -> AsyncIterator[bytes]:
    """``chunks`` until ``leaving`` is done, or ``end_streams`` is called."""
    end = asyncio.get_running_loop().create_future()
    _ends.add(end)
    try:
        while True:
            coming = asyncio.ensure_future(anext(chunks, None))
            await asyncio.wait({coming, leaving, end}, return_when=asyncio.FIRST_COMPLETED)
            if not coming.done():
                coming.cancel()
                return
            if (chunk := coming.result()) is None:
                return
            yield chunk
    finally:
        _ends.discard(end)


def end_streams() -> None:
    """A web process that waits for its requests to end would wait for these for ever."""
    for end in _ends:
        if not end.done():
            end.set_result(None)
