"""Why a base map was not taken or could not be made."""


class BasemapError(Exception):
    """A Polish sentence for whoever ran the command. What was there before stays in force."""
