"""Addresses of signing in and out, of one's own account and of those that an administrator looks after."""

from django.urls import path

from .views import people, profile, sign_in, tokens

urlpatterns = [
    path("sign-in/", sign_in.sign_in, name="sign_in"),
    path("sign-in/link/<str:secret>/", sign_in.link, name="link"),
    path("sign-in/lost/", sign_in.lost_password, name="lost_password"),
    path("sign-out/", sign_in.sign_out, name="sign_out"),
    path("profile/", profile.profile, name="profile"),
    path("profile/password/", profile.password, name="password"),
    path("profile/sessions/", profile.sessions_end, name="sessions_end"),
    path("profile/tokens/", tokens.tokens, name="tokens"),
    path("profile/tokens/<int:pk>/revoke/", tokens.token_revoke, name="token_revoke"),
    path("people/", people.people, name="people"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/<slug:act>/", people.person_act, name="person_act"),
    path("i18n/setlang/", sign_in.choose_language, name="set_language"),
]
