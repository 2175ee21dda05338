import pytest
from PIL import ImageFile


@pytest.fixture(autouse=True)
def whole_files_only(monkeypatch):
    """As in the children that decode. WeasyPrint, which tests of PDFs load into this process, lets
    Pillow accept files that were cut off.
    """
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", False)
