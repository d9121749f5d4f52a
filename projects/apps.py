from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    """The signings: projects from contract to production, their gates, their money and what is said of them."""

    name = "projects"
    verbose_name = "Projects"

    def ready(self) -> None:
        from qdtrade.audit import guards
        from qdtrade.imports import kinds
        from qdtrade.lights import kinds as lights
        from qdtrade.lights import words
        from qdtrade.programmes import duties, finding, freezing, ledgers, listing
        from qdtrade.programmes.ledger_figures import figures_of
        from tasks import beside

        from . import found
        from . import trail_words as trail_words
        from .duties import DUTIES
        from .figure_sets import SETS
        from .ledger import LEDGER
        from .light_facts import PROJECTS as LIT
        from .light_words import SAID
        from .listings import LISTINGS
        from .notice_words import speak_of_projects
        from .open_work import offer
        from .project_kind import PROJECTS
        from .serving import SIGNINGS

        ledgers.register(LEDGER)
        freezing.register(*SETS, figures_of(LEDGER))
        kinds.register(PROJECTS)
        offer()
        duties.register(*DUTIES)
        speak_of_projects()
        finding.register(*found.GROUPS)
        beside.register(SIGNINGS)
        guards.also("projects_projectlight")
        lights.register(LIT)
        words.teach(SAID)
        for one in LISTINGS:
            listing.register(one)
