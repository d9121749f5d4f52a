"""Addresses of breakthroughs."""

from django.urls import URLPattern, URLResolver, path

from .views import cases, claims, evidence, exports, flagging, register

urlpatterns: list[URLPattern | URLResolver] = [
    path("breakthroughs/", register.breakthrough_list, name="breakthrough_list"),
    path("breakthroughs/export/", exports.breakthroughs_export, name="breakthroughs_export"),
    path("breakthroughs/target/", flagging.breakthrough_target, name="breakthrough_target"),
    path("breakthroughs/of-task/<int:pk>/", flagging.breakthrough_flag, name="breakthrough_flag"),
    path("breakthroughs/<int:pk>/", register.breakthrough, name="breakthrough"),
    path("breakthroughs/<int:pk>/claim/", claims.claim_form, name="claim_form"),
    path("breakthroughs/<int:pk>/claim/send/", claims.claim_send, name="claim_send"),
    path("breakthroughs/<int:pk>/claim/file/", claims.claim_file_add, name="claim_file_add"),
    path("breakthroughs/<int:pk>/case/", cases.practice_case, name="practice_case"),
    path("breakthroughs/<int:pk>/case/word/", cases.practice_case_word, name="practice_case_word"),
    path("breakthroughs/<int:pk>/case/write/", cases.practice_case_write, name="practice_case_write"),
    path("breakthroughs/<int:pk>/<slug:move>/", register.breakthrough_move, name="breakthrough_move"),
    path("claim-files/<int:pk>/", evidence.claim_file, name="claim_file"),
    path("claim-files/<int:pk>/preview/", evidence.claim_file_preview, name="claim_file_preview"),
    path("claim-files/<int:pk>/thumbnail/", evidence.claim_file_thumbnail, name="claim_file_thumbnail"),
    path("claim-files/<int:pk>/remove/", claims.claim_file_remove, name="claim_file_remove"),
]
