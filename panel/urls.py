"""`/panel/`: the pages of staff, and an address for each act of the registry."""

from django.urls import include, path

from . import annex, guard
from .answers import urls as answers
from .boundaries import urls as boundaries
from .bulk import urls as bulk
from .numbers import urls as numbers
from .pages import urls as pages
from .procedures import urls as procedures
from .queue import urls as queue
from .registry import ACTS
from .replies import urls as replies
from .report import composing, page, presence
from .report.acts import view_of
from .sheets import urls as sheets
from .switches import urls as switches
from .views import home
from .workbooks import urls as workbooks

app_name = "panel"
urlpatterns = [
    path("", home, name="home"),
    path("zalacznik/publikacja/", annex.publish, name="publish-annex"),
    path("operator/ochrona/", guard.switch, name="guard"),
    path("", include(queue.urlpatterns)),
    path("", include(bulk.urlpatterns)),
    path("", include(numbers.urlpatterns)),
    path("", include(workbooks.urlpatterns)),
    path("", include(sheets.urlpatterns)),
    # Before the cards, whose addresses take any word.
    path("", include(pages.urlpatterns)),
    path("redakcja/", include(procedures.urlpatterns)),
    path("granice/", include(boundaries.urlpatterns)),
    path("", include(answers.urlpatterns)),
    path("poczta/", include(replies.urlpatterns)),
    path("przelaczniki/", include(switches.urlpatterns)),
    path("zgloszenia/<str:reference>/", page.report, name="report"),
    path("zgloszenia/<str:reference>/odpowiadam/", presence.answering, name="answering"),
    path("zgloszenia/<str:reference>/podglad/", composing.compose, name="compose"),
    path(
        "zgloszenia/<str:reference>/podglad-polaczenia/",
        composing.preview_merging,
        name="preview-merging",
    ),
    *[path(f"zgloszenia/<str:reference>/{act.path}", view_of(act), name=act.name) for act in ACTS],
]
