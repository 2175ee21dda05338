"""Public addresses of the knowledge base. The address of a card never changes."""

from django.urls import path, register_converter

from .numbers import NumberConverter
from .pages import card, files, saying, search

register_converter(NumberConverter, "card_number")

app_name = "procedures"
urlpatterns = [
    path("", search.search, name="search"),
    path("podpowiedzi/", search.suggestions, name="suggestions"),
    path("pliki/<int:pk>/<str:name>", files.download, name="file"),
    path("ilustracje/<int:pk>.webp", files.picture, name="picture"),
    path("<card_number:number>.pdf", card.pdf, name="card-pdf"),
    path("<card_number:number>.jsonld", card.data, name="card-data"),
    path("<card_number:number>/", card.show, name="card"),
    path("<card_number:number>/opinia/", saying.save, name="feedback"),
    # After the others: what is no number of a card answers 404 with help.
    path("<str:spelled>/", card.show_other_spelling, name="card-other-spelling"),
]
