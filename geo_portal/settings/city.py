"""The city: names, opening hours, contacts. They are facts and not code, so they are settings."""

from .env import env

CITY_PORTAL_NAME = env.str("CITY_PORTAL_NAME", "Łódzkie Centrum Kontaktu z Mieszkańcami")
CITY_OFFICE = env.str("CITY_OFFICE", "Urząd Miasta Łodzi")
CITY_HALL_ADDRESS = env.str("CITY_HALL_ADDRESS", "ul. Piotrkowska 110, 90-926 Łódź")
_USUAL_HOURS = {
    "pl": ["poniedziałek, środa, czwartek, piątek: 9–16", "wtorek: 9–17"],
    "en": ["Monday, Wednesday, Thursday, Friday: 9–16", "Tuesday: 9–17"],
    "uk": ["понеділок, середа, четвер, п’ятниця: 9–16", "вівторок: 9–17"],
}
# Lines by language. Where other hours are given in Polish only, every language shows those.
CITY_HOURS = {"pl": env.list("CITY_HOURS", _USUAL_HOURS["pl"], delimiter=";")}
_are_usual = CITY_HOURS["pl"] == _USUAL_HOURS["pl"]
_hours = _USUAL_HOURS if _are_usual else dict.fromkeys(_USUAL_HOURS, CITY_HOURS["pl"])
CITY_HOURS["en"] = env.list("CITY_HOURS_EN", _hours["en"], delimiter=";")
CITY_HOURS["uk"] = env.list("CITY_HOURS_UK", _hours["uk"], delimiter=";")
CITY_PHONE = env.str("CITY_PHONE", "42 638 44 44")
CITY_EMAIL = env.str("CITY_EMAIL", "lckm@uml.lodz.pl")
CITY_DPO_EMAIL = env.str("CITY_DPO_EMAIL", "iod@uml.lodz.pl")
CITY_CONTROLLER = env.str(
    "CITY_CONTROLLER", "Prezydent Miasta Łodzi, ul. Piotrkowska 104, 90-926 Łódź"
)
