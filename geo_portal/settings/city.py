"""The city: names, opening hours, contacts. They are facts and not code, so they are settings."""

from .env import env

CITY_PORTAL_NAME = env.str("CITY_PORTAL_NAME", "Łódzkie Centrum Kontaktu z Mieszkańcami")
CITY_OFFICE = env.str("CITY_OFFICE", "Urząd Miasta Łodzi")
CITY_HALL_ADDRESS = env.str("CITY_HALL_ADDRESS", "ul. Piotrkowska 110, 90-926 Łódź")
CITY_HOURS = env.list(
    "CITY_HOURS", ["poniedziałek, środa, czwartek, piątek: 9–16", "wtorek: 9–17"], delimiter=";"
)
CITY_PHONE = env.str("CITY_PHONE", "42 638 44 44")
CITY_EMAIL = env.str("CITY_EMAIL", "lckm@uml.lodz.pl")
CITY_DPO_EMAIL = env.str("CITY_DPO_EMAIL", "iod@uml.lodz.pl")
CITY_CONTROLLER = env.str(
    "CITY_CONTROLLER", "Prezydent Miasta Łodzi, ul. Piotrkowska 104, 90-926 Łódź"
)
