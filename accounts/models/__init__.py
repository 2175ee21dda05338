"""People who log in, what they consented to, and the trail of what staff did."""

from .address import AddressChange
from .audit import AccountWord, AuditEntry, AuditWord
from .consent import ConsentEntry
from .registration import Registration
from .rules import RulesNotice
from .token import PersonalToken
from .user import Notices, Role, User

__all__ = [
    "AccountWord",
    "AddressChange",
    "AuditEntry",
    "AuditWord",
    "ConsentEntry",
    "Notices",
    "PersonalToken",
    "Registration",
    "Role",
    "RulesNotice",
    "User",
]
