"""Questions and news to apps above, so that this one need not import them.

``codes_in_use`` (``layer``: its code): which codes of districts of this layer does your app name? A
receiver returns a set of codes. An edition that lacks one of them is warned of.

``no_longer_draft`` (``edition``): it was approved or withdrawn. Sent in the same transaction.

``came_into_force`` (``activation``): an edition is in force from now on. Sent in the transaction of
the switch, which must stay short. A start that lies ahead sends nothing when its hour comes.
"""

from django.dispatch import Signal

codes_in_use = Signal()
no_longer_draft = Signal()
came_into_force = Signal()
