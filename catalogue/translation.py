"""The texts of categories that residents read in their own language (django-modeltranslation)."""

from modeltranslation.translator import TranslationOptions, register

from .models import Category, CategoryGroup


@register(CategoryGroup)
class CategoryGroupTexts(TranslationOptions):
    fields = ("name",)


@register(Category)
class CategoryTexts(TranslationOptions):
    fields = ("name", "emergency_hint", "advice")
    # An empty hint means that there is none, not that it is missing.
    empty_values = None
