"""The city: names, opening hours, contacts. They are facts and not code, so they are settings."""

import re
from datetime import date, time

from .env import env

CITY_PORTAL_NAME = env.str("CITY_PORTAL_NAME", "Łódzkie Centrum Kontaktu z Mieszkańcami")
CITY_OFFICE = env.str("CITY_OFFICE", "Urząd Miasta Łodzi")
CITY_HALL_ADDRESS = env.str("CITY_HALL_ADDRESS", "ul. Piotrkowska 110, 90-926 Łódź")
CITY_PHONE = env.str("CITY_PHONE", "42 638 44 44")
CITY_EMAIL = env.str("CITY_EMAIL", "lckm@uml.lodz.pl")
CITY_DPO_EMAIL = env.str("CITY_DPO_EMAIL", "iod@uml.lodz.pl")
CITY_CONTROLLER = env.str(
    "CITY_CONTROLLER", "Prezydent Miasta Łodzi, ul. Piotrkowska 104, 90-926 Łódź"
)


_LINE = re.compile(r"([1-7]) (\d\d?:\d\d)-(\d\d?:\d\d)")


def _read_hours(lines: list[str]) -> dict[int, tuple[time, time]]:
    """By weekday (1 is Monday): from when until when. A line that says something else stops the
    start.
    """
    hours = {}
    for line in lines:
        found = _LINE.fullmatch(line.strip())
        if found is None:
            raise ValueError(f"CITY_HOURS: {line!r} is not like '1 9:00-16:00' (1 is Monday)")
        opens, closes = (time.fromisoformat(text.zfill(5)) for text in found.groups()[1:])
        if opens >= closes:
            raise ValueError(f"CITY_HOURS: {line!r} closes before it opens")
        hours[int(found[1])] = opens, closes
    return hours


CITY_HOURS = _read_hours(
    env.list(
        "CITY_HOURS",
        ["1 9:00-16:00", "2 9:00-17:00", "3 9:00-16:00", "4 9:00-16:00", "5 9:00-16:00"],
        delimiter=";",
    )
)
# Days besides public holidays on which the office is closed.
_days_off: list[str] = env.list("CITY_DAYS_OFF", [])
CITY_DAYS_OFF = {date.fromisoformat(day.strip()) for day in _days_off}
