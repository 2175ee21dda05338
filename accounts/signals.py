"""What other rooms do for an account, without this one knowing them.

``leaving`` (``user``, ``keep_texts``): the account is being closed, in the transaction that closes
it; whoever keeps something of the person lets go of it. ``collecting`` (``user``, ``archive``):
write what you keep of the person into ``archive`` (``accounts.exporting.Archive``).
"""

from django.dispatch import Signal

leaving = Signal()
collecting = Signal()
