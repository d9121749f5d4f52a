from django.apps import AppConfig


class TasksConfig(AppConfig):
    """The pilot: its tasks (specification), milestones (roadmap) and reports (inspection line)."""

    name = "tasks"
    verbose_name = "Tasks"

    def ready(self) -> None:
        from qdtrade import trigrams
        from qdtrade.audit import guards
        from qdtrade.imports import kinds
        from qdtrade.lights import kinds as lights
        from qdtrade.lights import words
        from qdtrade.programmes import duties, finding, freezing, ledgers, listing
        from qdtrade.programmes.ledger_figures import figures_of

        from . import found
        from . import trail_words as trail_words
        from .duties import DUTIES
        from .figure_sets import SETS
        from .ledger import LEDGERS
        from .light_facts import TASKS
        from .light_words import SAID
        from .listings import LISTINGS
        from .notice_words import speak_of_tasks
        from .open_work import offer
        from .register_kind import REGISTER
        from .trigrams import INDEXES

        freezing.register(*SETS)
        for ledger in LEDGERS:
            ledgers.register(ledger)
            freezing.register(figures_of(ledger))
        kinds.register(REGISTER)
        offer()
        duties.register(*DUTIES)
        speak_of_tasks()
        finding.register(*found.GROUPS)
        trigrams.register(*INDEXES)
        guards.also("tasks_tasklight")
        lights.register(TASKS)
        words.teach(SAID)
        for one in LISTINGS:
            listing.register(one)
