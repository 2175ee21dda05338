"""The parent of the children that decode photos."""

import cv2

from owed.forking import serve

from .detecting import load_models
from .jobs import JOBS

if __name__ == "__main__":
    # A pool of threads would not survive a fork.
    cv2.setNumThreads(1)
    load_models()
    serve(JOBS)
