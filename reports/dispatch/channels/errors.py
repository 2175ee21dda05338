"""The one error of every channel."""


class DeliveryFailed(Exception):
    """A sending failed; ``is_permanent`` says whether trying again makes sense.

    ``reason`` is for staff: short, without personal data.
    """

    def __init__(self, reason: str, *, is_permanent: bool) -> None:
        self.reason = reason
        self.is_permanent = is_permanent
        super().__init__(reason)
