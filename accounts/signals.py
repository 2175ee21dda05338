"""Signals by which other apps act on an account, so that this app need not import them.

``leaving`` (``user``, ``keep_texts``): the account is being closed. A receiver deletes what its app
keeps about the person; it runs in the transaction that closes the account.

``collecting`` (``user``, ``archive``): everything about the person is being exported. A receiver
writes what its app keeps into ``archive`` (``accounts.exporting.Archive``).
"""

from django.dispatch import Signal

leaving = Signal()
collecting = Signal()
