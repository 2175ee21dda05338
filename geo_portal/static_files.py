"""Collected files: compressed, and named by their content so that browsers keep them for ever."""

from django.contrib.staticfiles.storage import HashedFilesMixin
from whitenoise.storage import CompressedManifestStaticFilesStorage

_every_script, IMPORTS = HashedFilesMixin._js_module_import_aggregation_patterns  # type: ignore[attr-defined]


class Storage(CompressedManifestStaticFilesStorage):
    """Also rewrites the imports between our own ES modules to the hashed names.

    Only ours: packages bring examples and extensions whose imports lead nowhere.
    """

    patterns = (*CompressedManifestStaticFilesStorage.patterns, ("js/*.js", IMPORTS))
