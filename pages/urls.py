"""Public addresses of news and questions."""

from django.urls import path

from . import home, news, questions

app_name = "pages"
urlpatterns = [
    path("w-poblizu/", home.near, name="near"),
    path("aktualnosci/", news.news, name="news"),
    path("aktualnosci/kanal.atom", news.NewsFeed(), name="news-feed"),
    path("aktualnosci/<slug:code>/", news.news_entry, name="news-entry"),
    path("faq/", questions.questions, name="questions"),
    path("faq/<slug:code>/", questions.question, name="question"),
]
