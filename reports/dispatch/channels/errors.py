"""The error that every channel raises."""


class DeliveryFailed(Exception):
    """A sending failed. If ``is_permanent``, trying again makes no sense.

    ``reason`` is for staff: short and without personal data.
    """

    def __init__(self, reason: str, *, is_permanent: bool) -> None:
        self.reason = reason
        self.is_permanent = is_permanent
        super().__init__(reason)
