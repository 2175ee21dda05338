"""What somebody typed is told from what their program quotes below it.

The forms are those that the programs write in Polish, typed anew with names of our own.
"""

import time

import pytest

from mailroom.quoting import typed_words

TYPED = "załatwione\nWywieźliśmy odpady, teren posprzątany."
PORTAL = "Łódzkie Centrum Kontaktu <odpowiedzi+12-739977-abc@lckzm.example.org>"

QUOTES = {
    "the line alone": "--- Odpowiedz nad tą linią ---\n\nNowe zgłoszenie",
    "the line, quoted": "> --- Odpowiedz nad tą linią ---\n> Nowe zgłoszenie",
    "Outlook": (
        f"{'_' * 32}\nOd: {PORTAL}\nWysłano: piątek, 27 listopada 2026 10:15\n"
        "Do: Odbiór odpadów <odbior@zgo.example.org>\nTemat: [7K3M-94QX-2] Odpady\n\nNowe"
    ),
    "Outlook in a window": (
        f"From: {PORTAL} \nSent: Friday, November 27, 2026 10:15 AM\n"
        "To: Odbiór <odbior@zgo.example.org>\nSubject: [7K3M-94QX-2] Odpady\n\nNowe"
    ),
    "Outlook of old": (
        f"-----Wiadomość oryginalna-----\nOd: {PORTAL}\nWysłano: 27 listopada 2026 10:15\nDo: x\n"
    ),
    "Gmail": f"pt., 27 lis 2026 o 10:15 {PORTAL} napisał(a):\n\n> Nowe zgłoszenie",
    "Gmail, broken": (
        "pt., 27 lis 2026 o 10:15 Łódzkie Centrum Kontaktu z Mieszkańcami\n"
        "<odpowiedzi+12-739977-abc@lckzm.example.org> napisał(a):\n\n> Nowe zgłoszenie"
    ),
    "Thunderbird": "W dniu 27.11.2026 o 10:15, Łódzkie Centrum Kontaktu pisze:\n> Nowe zgłoszenie",
    "WP": f"Dnia 27 listopada 2026 10:15 {PORTAL} napisał(a):\nNowe zgłoszenie",
    "Onet": f"W dniu 2026-11-27 10:15:03 użytkownik {PORTAL} napisał:\n\nNowe zgłoszenie",
    "Interia": (
        f'Od: "Łódzkie Centrum" {PORTAL}\nDo: odbior@zgo.example.org;\n'
        "Wysłane: 10:15 Piątek 2026-11-27\nTemat: [7K3M-94QX-2] Odpady\n\nNowe zgłoszenie"
    ),
    "iPhone": (
        f"Wiadomość napisana przez {PORTAL} w dniu 27 lis 2026, o godz. 10:15:\n\nNowe zgłoszenie"
    ),
    "iPhone with its own words": "Wysłane z iPhone’a\n\n> Wiadomość napisana przez Portal",
    "Android": "Wysłano z telefonu Galaxy\n\n-------- Oryginalna wiadomość --------\nOd: Portal",
    "a program in English": f"On Fri, Nov 27, 2026 at 10:15 AM {PORTAL} wrote:\n> Nowe",
    "a signature": "--\nJan Kowalski\nZGO, tel. 42 000 00 00",
}


@pytest.mark.parametrize("quote", QUOTES.values(), ids=QUOTES)
def test_only_what_was_typed_stays(quote):
    assert typed_words(f"{TYPED}\n\n{quote}") == TYPED
    assert typed_words(f"{TYPED}\r\n\r\n{quote}".replace("\n", "\r\n")) == TYPED
    assert typed_words(quote) == ""


@pytest.mark.parametrize(
    "text",
    [
        "w realizacji\nEkipa będzie 30.11.2026 o 8:00, potem napiszemy:\nto potrwa tydzień.",
        "odrzucone\nOd: 1 grudnia zajmuje się tym wspólnota.\nProsimy pisać do niej.",
        "załatwione\nData: wczoraj.\n- zamieciono\n- wywieziono",
    ],
)
def test_what_only_looks_like_a_quote_stays(text):
    assert typed_words(text) == text


@pytest.mark.parametrize(
    "one", ["On 1 ", "Od: \n", "W dniu 1 ", "> ", "_", "1\n", "Od: x\nDo: y\n"]
)
def test_a_long_letter_takes_no_time(one):
    begin = time.perf_counter()
    typed_words(one * (200_000 // len(one)))
    assert time.perf_counter() - begin < 3
