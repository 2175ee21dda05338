from tests.pictures.conftest import whole_files_only

__all__ = ["whole_files_only"]
