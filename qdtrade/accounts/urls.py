"""Addresses of signing in and out."""

from django.urls import path

from .views import sign_in

urlpatterns = [
    path("sign-in/", sign_in.sign_in, name="sign_in"),
    path("sign-out/", sign_in.sign_out, name="sign_out"),
    path("i18n/setlang/", sign_in.choose_language, name="set_language"),
]
