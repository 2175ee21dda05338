"""Questions to apps above, so that this one need not import them.

``codes_in_use`` (``layer``: its code): which codes of districts of this layer does your app name? A
receiver returns a set of codes. An edition that lacks one of them is warned of.
"""

from django.dispatch import Signal

codes_in_use = Signal()
