"""Public addresses of the pages around the map."""

from django.urls import path

from . import contact, home, news, questions

app_name = "pages"
urlpatterns = [
    path("w-poblizu/", home.near, name="near"),
    path("kontakt/", contact.contact, name="contact"),
    path("kontakt/wyslano/", contact.sent, name="contact-sent"),
    path("kontakt/wypis/<uuid:secret>/", contact.withdraw, name="withdraw-address"),
    path("aktualnosci/", news.news, name="news"),
    path("aktualnosci/kanal.atom", news.NewsFeed(), name="news-feed"),
    path("aktualnosci/<slug:code>/", news.news_entry, name="news-entry"),
    path("faq/", questions.questions, name="questions"),
    path("faq/<slug:code>/", questions.question, name="question"),
]
