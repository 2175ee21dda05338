"""Addresses of the templates of answers."""

from django.urls import path

from . import views

urlpatterns = [
    path("szablony/", views.answer_templates, name="answer-templates"),
    path("szablony/nowy/", views.new_answer_template, name="new-answer-template"),
    path("szablony/<int:pk>/", views.answer_template, name="answer-template"),
    path(
        "szablony/<int:pk>/usuniecie/", views.delete_answer_template, name="delete-answer-template"
    ),
]
