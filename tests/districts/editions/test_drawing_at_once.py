from threading import Barrier, Thread
from uuid import uuid4

from django.db import connection

from districts.editions.drafting import DraftChanged, shapes_of
from districts.editions.drawing import Drawing, Drawn, Names, draw
from tests.districts.editions.drafts import drafted, square


def test_of_two_who_draw_at_once_one_is_told_and_nothing_is_mixed(committed):
    draft = drafted("next", {"a": square(0)})
    by, start, ended = draft.author, Barrier(2), []

    def press(name: str) -> None:
        try:
            start.wait()
            draw(
                draft,
                Drawing(Drawn.RENAMED, {}, {"a": Names(name, "")}),
                by=by,
                revision=1,
                key=uuid4(),
            )
            ended.append(name)
        except DraftChanged:
            ended.append("told")
        finally:
            connection.close()

    threads = [Thread(target=press, args=[name]) for name in ("jedna", "druga")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    [winner] = set(ended) - {"told"}
    assert sorted(ended) == sorted(["told", winner])
    assert shapes_of(draft)["a"].name == winner
    assert draft.changes.count() == 2
