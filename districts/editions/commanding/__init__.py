"""Subcommands of ``manage.py edition``: one row each. They check the shape of what was typed and
call an act.
"""

from .deciding import ACTIVATE, APPROVE, LIST, RETURN, WITHDRAW
from .examining import CHECK, COMPARE
from .importing import IMPORT
from .subcommand import Subcommand

SUBCOMMANDS: tuple[Subcommand, ...] = (
    LIST,
    IMPORT,
    CHECK,
    COMPARE,
    APPROVE,
    ACTIVATE,
    RETURN,
    WITHDRAW,
)
