"""The texts that people read in their own language (django-modeltranslation)."""

from modeltranslation.translator import TranslationOptions, register

from .models import News, Question, QuestionGroup


@register(News)
class NewsTexts(TranslationOptions):
    fields = ("title", "lead", "body")


@register(QuestionGroup)
class QuestionGroupTexts(TranslationOptions):
    fields = ("title",)


@register(Question)
class QuestionTexts(TranslationOptions):
    fields = ("title", "body")
