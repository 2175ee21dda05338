"""`/panel/przelaczniki/`: switches and technical breaks, for administrators."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.switches, name="switches"),
    path("przerwa/", views.new_break, name="new-break"),
    path("przerwa/<int:pk>/", views.one_break, name="break"),
    path("przerwa/<int:pk>/koniec/", views.end_break, name="break-end"),
    path("<str:function>/", views.switch, name="switch"),
]
