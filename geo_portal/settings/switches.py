"""What closes with a function that is switched off, and what is written even during a break: by the
names of addresses.
"""

# The function for requests that only read (GET, HEAD, OPTIONS), and the one for everything else.
CLOSED_WITH: dict[str, tuple[str | None, str | None]] = {
    "reports:new": ("reporting", "reporting"),
    # The list is what the public map draws.
    "api:reports": ("map", "reporting"),
    "maps:map": ("map", "map"),
    "maps:embedded": ("map", "map"),
    "maps:embedding": ("map", "map"),
    "maps:feed": ("map", "map"),
    # Whoever follows may always end it.
    "maps:follow": ("map", "map"),
    "maps:data": ("map", "map"),
    "maps:tile": ("map", "map"),
    "api:photos": (None, "photos"),
    "api:uploads": (None, "photos"),
    "api:upload": (None, "photos"),
    "account_signup": ("registration", "registration"),
}

WRITE_IN_BREAKS = {
    # A cookie only.
    "language",
    # The administrator logs in and ends the break; the log-in refuses others.
    "account_login",
    "mfa_authenticate",
    # Nobody has to stay logged in on somebody else's device.
    "account_logout",
    "panel:switches",
    "panel:switch",
    "panel:new-break",
    "panel:break",
    "panel:break-end",
}
