"""The parent of the children that open files of boundaries."""

from owed.forking import serve

from .drivers import keep_only_ours
from .jobs import JOBS

if __name__ == "__main__":
    keep_only_ours()
    serve(JOBS)
