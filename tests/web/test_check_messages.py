"""Missing, fuzzy and left-over entries of a catalogue are named by their texts."""

import pytest

from web.management.commands.check_messages import faults_of

HEADER = r"""msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\n"
"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : 1);\n"
"""
ENTRY = """
msgid "Zgłoś sprawę"
msgstr ""
"""
PLURAL = """
msgid "%(n)s dzień"
msgid_plural "%(n)s dni"
msgstr[0] ""
msgstr[1] ""
msgstr[2] ""
"""


@pytest.fixture
def faults(tmp_path):
    def compare(*, catalogue: str, code: str, language: str = "pl") -> str:
        (tmp_path / "django.po").write_text(HEADER + catalogue)
        (tmp_path / "django.pot").write_text(HEADER + code)
        return "\n".join(faults_of(tmp_path / "django.po", tmp_path / "django.pot", language))

    return compare


def test_a_polish_text_may_stand_as_it_is(faults):
    assert faults(catalogue=ENTRY, code=ENTRY) == ""


def test_a_polish_text_that_its_catalogue_changes_is_named(faults):
    assert "Changed" in faults(catalogue=ENTRY.replace('""', '"Inne słowa"'), code=ENTRY)


def test_the_same_text_is_not_translated_in_another_language(faults):
    assert "Not translated" in faults(catalogue=ENTRY, code=ENTRY, language="en")


def test_a_text_that_was_not_extracted_is_named(faults):
    assert 'Missing: msgid "Zgłoś sprawę"' in faults(catalogue="", code=ENTRY)


def test_a_text_of_several_lines_is_named_whole(faults):
    long = ENTRY.replace('"Zgłoś sprawę"', '""\n"Zgłoś "\n"sprawę"')
    assert 'Missing: msgid ""\n"Zgłoś "\n"sprawę"' in faults(catalogue="", code=long)


def test_a_text_that_the_code_lost_is_named(faults):
    assert 'Left over: msgid "Zgłoś sprawę"' in faults(catalogue=ENTRY, code="")


def test_plural_forms_must_be_filled(faults):
    assert "Not translated" in faults(catalogue=PLURAL, code=PLURAL)


def test_a_fuzzy_entry_is_refused(faults):
    fuzzy = ENTRY.replace("\nmsgid", "\n#, fuzzy\nmsgid").replace('msgstr ""', 'msgstr "Zgłoś"')
    assert "Fuzzy" in faults(catalogue=fuzzy, code=ENTRY)
