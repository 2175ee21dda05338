"""Public pages of reports."""

from django.urls import path

from . import consent, follow, mailbox, new, photo, receipt, second_thoughts, status

app_name = "reports"
urlpatterns = [
    path("zgloszenia/nowe/", new.new, name="new"),
    path("zgloszenia/nowe/bez-sieci/", new.shell, name="new-shell"),
    path("zgloszenia/<str:reference>/potwierdzenie/", receipt.receipt, name="receipt"),
    path("zgloszenia/<str:reference>/moje/<str:key>/", second_thoughts.show, name="sender"),
    path("zgloszenia/<str:reference>/kod.svg", receipt.qr, name="qr"),
    path("zgloszenia/<str:reference>/termin.ics", receipt.calendar, name="calendar"),
    path(
        "zgloszenia/<str:reference>/moje/<str:key>/poprawka/",
        second_thoughts.correct,
        name="sender-correct",
    ),
    path(
        "zgloszenia/<str:reference>/moje/<str:key>/wycofanie/",
        second_thoughts.withdraw,
        name="sender-withdraw",
    ),
    path(
        "zgloszenia/<str:reference>/moje/<str:key>/uwaga/",
        second_thoughts.add,
        name="sender-remark",
    ),
    path(
        "zgloszenia/<str:reference>/moje/<str:key>/odpowiedz/",
        second_thoughts.answer,
        name="sender-answer",
    ),
    path(
        "zgloszenia/<str:reference>/moje/<str:key>/ocena/",
        second_thoughts.judge,
        name="sender-verdict",
    ),
    path(
        "zgloszenia/<str:reference>/wypis/<str:secret>/", consent.withdraw, name="withdraw-consent"
    ),
    path(
        "skrzynka/<str:mailbox>/<str:key>/potwierdzenie/", mailbox.confirm, name="confirm-mailbox"
    ),
    path("skrzynka/<str:mailbox>/<str:key>/to-nie-ja/", mailbox.deny, name="not-me"),
    path("status/", status.search, name="status-search"),
    path("status/<str:reference>/", status.show, name="status"),
    path("status/<str:reference>/ja-tez/", follow.follow, name="follow"),
    path("zdjecia/<uuid:pk>/<str:size>.webp", photo.photo, name="photo"),
]
