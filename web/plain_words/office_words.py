"""Words of offices, and what a person would say. Our own list: a pattern, and the plain word."""

import re

_SAID_PLAINLY = {
    r"niniejsz\w+": "ten",
    r"przedmiotow\w+": "ten",
    r"powyższ\w+": "ten",
    r"w/w|wyżej wymienion\w+": "ten",
    r"o któr(?:ym|ej|ych) mowa": "ten",
    r"celem|w celu": "żeby",
    r"w przypadku|w razie|w sytuacji, gdy": "gdy, jeśli",
    r"w zakresie": "o, w",
    r"w związku z": "bo, dlatego",
    r"w oparciu o": "na podstawie",
    r"z uwagi na|ze względu na": "bo",
    r"odnośnie": "o",
    r"na chwilę obecną|w chwili obecnej|obecnie|aktualnie": "teraz",
    r"w dniu dzisiejszym": "dziś",
    r"w trybie": "tak, jak",
    r"(?<!z )tytułem": "za",
    r"za pośrednictwem|poprzez": "przez",
    r"każdorazowo": "za każdym razem",
    r"dokon(?:a|uj)\w+": "zrobić",
    r"posiada(?:ć|sz|m|my|ją|ł\w*|j\w*)?": "mieć",
    r"dyspon(?:ow|uj)\w+": "mieć",
    r"uiści\w+|uiszcz\w+": "zapłacić",
    r"przedłoż\w+|przedkłada\w+": "pokazać, dać",
    r"należy(?! (?:teraz |już )?do )": "zrób, trzeba",
    r"uprasza\w*": "prosimy",
    r"zobowiązan\w+": "musi",
    r"niezwłoczn\w+": "od razu",
    r"(?<=\w )bądź": "albo",
    r"iż": "że",
    r"aczkolwiek|jednakże|natomiast": "ale, a",
    r"ponadto": "też",
    r"skutkow\w+|skutkuj\w+": "wtedy",
    r"ule(?:c|ga|gnie|gają)": "zmienić się",
    r"stanowi|stanowią": "jest, są",
    r"wnioskodawc\w+": "osoba, która składa wniosek",
    r"petent\w*|interesant\w*": "osoba",
    r"organ(?:u|owi|em|y|ów|om|ami|ach)?": "urząd",
    r"podmiot\w*": "firma, osoba",
    r"realiz(?:ac|ow|uj)\w+": "robić, prace",
    r"weryfik\w+": "sprawdzić",
    r"umożliwia\w*": "pozwala",
    r"funkcjonow\w+|funkcjonuj\w+": "działać",
    r"zaistnie\w+": "zdarzyć się",
    r"przysługuj\w+": "możesz, masz prawo",
    r"stosown\w+": "właściwy",
    r"ewentualn\w+": "możliwy",
    r"informujemy,? (?:że|iż)": "–",
    r"uwierzytelni\w+|autoryz\w+": "potwierdzić, zalogować",
    r"(?:nie)?prawidłow\w+": "dobry, zły",
    r"wprowadź (?:swój|swoje|adres|hasło|dane|kod|numer|tekst)": "wpisz",
    r"generow\w+|wygenerow\w+": "zrobić, zapisać",
    r"egzekw\w+|procedow\w+": "robić",
    r"dotycząc\w+": "o",
}
OFFICE_WORDS = {
    re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE): plain
    for pattern, plain in _SAID_PLAINLY.items()
}

# What the bounds of the test let through: a part of the text, and why it stays.
REASONS = {
    "w realizacji": "the name of a status; people know it, and programs store it",
    "Wydruk wygenerowano": "the rules promise the date on which a printout was generated",
    "Wygenerowano %(moment)s": "the same promise, for the file of somebody's data",
}


def reason_to_keep(text: str) -> str:
    """Why words of offices stay in ``text``; empty where nobody has said so."""
    return next((why for part, why in REASONS.items() if part in text), "")
