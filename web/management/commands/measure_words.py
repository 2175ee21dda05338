"""``manage.py measure_words``: how plain our own Polish texts are, and the worst of them."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from web.plain_words.measuring import Measured, Sentence
from web.plain_words.office_words import reason_to_keep
from web.plain_words.texts import own_texts


class Command(BaseCommand):
    help = "Measure our own Polish texts (rules are left out) and list the worst."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--worst", type=int, default=20, help="How many are listed.")

    def handle(self, *, worst: int, **options: object) -> None:
        # A text that stands in several files is one text.
        texts = {text.text: (text.where, Measured(text.text)) for text in own_texts()}
        measured = [one for _where, one in texts.values()]
        for line in _figures(measured):
            self.stdout.write(line)
        self.stdout.write(f"\nThe worst {worst}:")
        hardest = sorted(texts.values(), key=lambda one: one[1].hardness, reverse=True)[:worst]
        for where, text in hardest:
            self.stdout.write(f"{text.hardness:4} {where}: {_faults(text)}")
            self.stdout.write(f"     {' '.join(text.text.split())}")


def _figures(texts: list[Measured]) -> list[str]:
    sentences = [sentence for text in texts for sentence in text.sentences]
    whole = [sentence for sentence in sentences if sentence.is_whole]
    words = sum(sentence.words for sentence in whole)
    passive = sum(bool(sentence.passives) for sentence in whole)
    office = [word for text in texts if not reason_to_keep(text.text) for word in text.office_words]
    return [
        f"{len(texts)} texts, {len(whole)} sentences, {len(sentences) - len(whole)} labels",
        f"words in a sentence: {words / len(whole):.1f}",
        *(f"sentences of more than {bound} words: {_longer(whole, bound)}" for bound in (15, 20)),
        f"passive: {passive} sentences ({passive / len(whole):.1%})",
        f"words of offices: {len(office)}",
    ]


def _longer(sentences: list[Sentence], bound: int) -> int:
    return sum(sentence.words > bound for sentence in sentences)


def _faults(text: Measured) -> str:
    found = [f"{text.longest.words} words", *text.passives, *text.office_words]
    return ", ".join(found)
