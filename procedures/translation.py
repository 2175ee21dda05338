"""Names by which people look for cards, in their own language; the cards themselves are Polish."""

from modeltranslation.translator import TranslationOptions, register

from .models import LifeSituation, Topic


@register(Topic)
class TopicTexts(TranslationOptions):
    fields = ("name",)


@register(LifeSituation)
class LifeSituationTexts(TranslationOptions):
    fields = ("name", "lead")
    empty_values = None
