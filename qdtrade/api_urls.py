"""Every address of the API."""

from django.urls import URLPattern, URLResolver, include, path, re_path
from rest_framework.routers import DefaultRouter

from projects.api import (
    ExpectedUpdateViewSet,
    GateFileViewSet,
    GateViewSet,
    MoneyEventViewSet,
    PartnerViewSet,
    ProjectViewSet,
    RateViewSet,
    SectorViewSet,
    SigningEventViewSet,
)
from qdtrade.api import NoSuchAddress
from qdtrade.breakthroughs.api import BreakthroughTargetViewSet, BreakthroughViewSet, ClaimFileViewSet
from qdtrade.home.api import EventViewSet
from qdtrade.indicators.api import IndicatorViewSet, ReadingViewSet
from qdtrade.openapi.views import Root, Schema
from qdtrade.programmes.api import BureauViewSet, PeriodViewSet, ProgrammeViewSet
from tasks.api import (
    EvidenceViewSet,
    ExpectedPartViewSet,
    ExpectedReportViewSet,
    ExtensionViewSet,
    FieldViewSet,
    MilestoneViewSet,
    PartViewSet,
    ReportViewSet,
    TaskViewSet,
)

app_name = "api"

router = DefaultRouter(use_regex_path=True)
router.include_format_suffixes = False
router.APIRootView = Root
router.register("programmes", ProgrammeViewSet, "programme")
router.register("bureaus", BureauViewSet, "bureau")
router.register("fields", FieldViewSet, "field")
router.register("tasks", TaskViewSet, "task")
router.register("milestones", MilestoneViewSet, "milestone")
router.register("parts", PartViewSet, "part")
router.register("expected-parts", ExpectedPartViewSet, "expectedpart")
router.register("extensions", ExtensionViewSet, "extension")
router.register("periods", PeriodViewSet, "period")
router.register("expected-reports", ExpectedReportViewSet, "expectedreport")
router.register("reports", ReportViewSet, "report")
router.register("evidence", EvidenceViewSet, "evidence")
router.register("signing-events", SigningEventViewSet, "signingevent")
router.register("sectors", SectorViewSet, "sector")
router.register("partners", PartnerViewSet, "partner")
router.register("projects", ProjectViewSet, "project")
router.register("gates", GateViewSet, "gate")
router.register("gate-files", GateFileViewSet, "gatefile")
router.register("money-events", MoneyEventViewSet, "moneyevent")
router.register("expected-updates", ExpectedUpdateViewSet, "expectedupdate")
router.register("rates", RateViewSet, "rate")
router.register("indicators", IndicatorViewSet, "indicator")
router.register("readings", ReadingViewSet, "reading")
router.register("breakthroughs", BreakthroughViewSet, "breakthrough")
router.register("breakthrough-targets", BreakthroughTargetViewSet, "breakthroughtarget")
router.register("claim-files", ClaimFileViewSet, "claimfile")
router.register("events", EventViewSet, "event")

urlpatterns: list[URLPattern | URLResolver] = [
    path("v1/schema/", Schema.as_view(), name="schema"),
    path("v1/", include(router.urls)),
    re_path("", NoSuchAddress.as_view()),
]
