"""By what cards are found: base forms of words, and all forms of those words."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models

from .procedure import ProcedureVersion

_LONGEST = 60


class SearchEntry(models.Model):
    """That a version can be found. ``digest``: of what was indexed, so that nothing is done twice.
    ``title_words``: how many words with a meaning its title has.
    """

    version = models.OneToOneField(
        ProcedureVersion, on_delete=models.CASCADE, primary_key=True, related_name="search_entry"
    )
    digest = models.CharField(max_length=64)
    title_words = models.PositiveSmallIntegerField()

    def __str__(self) -> str:
        return f"{self.version_id}"


class SearchTerm(models.Model):
    """A word of a version in its base form, or with ``~`` before it the root of one. ``weight``
    (0 to 1): how much the version is about it.
    """

    entry = models.ForeignKey(
        SearchEntry, on_delete=models.CASCADE, related_name="terms", db_index=False
    )
    lemma = models.CharField(max_length=_LONGEST)
    weight = models.FloatField()
    in_title = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "lemma"], name="term_once_in_a_version"),
        ]
        indexes = [
            models.Index(
                fields=["lemma"], include=["entry", "weight", "in_title"], name="terms_by_lemma"
            ),
        ]

    def __str__(self) -> str:
        return self.lemma


class WordForm(models.Model):
    """A form of a word that some card holds, also one that no card holds itself. ``folded``:
    without diacritics.
    """

    form = models.CharField(max_length=_LONGEST)
    folded = models.CharField(max_length=_LONGEST)
    lemma = models.CharField(max_length=_LONGEST)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["lemma", "form"], name="form_of_a_word_once"),
        ]
        indexes = [
            # One for whole words and for their beginnings.
            models.Index(OpClass("folded", name="text_pattern_ops"), name="forms_by_beginning"),
            GinIndex(OpClass("folded", name="gin_trgm_ops"), name="forms_by_trigrams"),
        ]

    def __str__(self) -> str:
        return self.form


class MissedQuery(models.Model):
    """What was searched and not found. ``mark``: a keyed hash of the words; ``text`` is empty until
    they were searched on several days, because what one person typed once may be about that person.
    """

    mark = models.CharField(max_length=64, unique=True)
    text = models.CharField(max_length=100, blank=True)
    days = models.PositiveSmallIntegerField(default=1)
    last_on = models.DateField()

    def __str__(self) -> str:
        return self.text or self.mark[:8]
