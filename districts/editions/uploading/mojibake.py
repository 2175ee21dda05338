"""Recognises Polish texts that were read in another encoding than they were written in."""

import re

_POLISH = "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ"
# Characters that no text of ours has: replaced, or of the control set between 80 and 9F.
_NEVER = re.compile(r"[\ufffd\u0080-\u009f]")
# Between letters: "Ba³uty", "£ódŸ", "Ba³êty" are Polish of Windows or ISO read as Western.
_WITHIN_WORDS = re.compile(r"[A-Za-z][³¹¿¶±¼¦¥£¯¡][A-Za-z]|^[£¯¦¡¥][a-zó]|[a-zó][³¹¿¶±¼]$")


def is_mojibake(text: str) -> bool:
    if text.isascii():
        return False
    if _NEVER.search(text) or _WITHIN_WORDS.search(text):
        return True
    # UTF-8 that was read as if each byte were a letter.
    for encoding in ("cp1250", "cp1252", "latin-1", "iso-8859-2"):
        try:
            again = text.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
        return any(letter in _POLISH for letter in again)
    return False
