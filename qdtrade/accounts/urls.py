"""Addresses of signing in and out."""

from django.urls import path

from . import views

urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("i18n/setlang/", views.choose_language, name="set_language"),
]
