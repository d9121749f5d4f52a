from django.apps import AppConfig


class BreakthroughsConfig(AppConfig):
    """Breakthroughs: flagged, claimed with proof, recognised by people of another bureau, and passed on as cases."""

    name = "qdtrade.breakthroughs"
    label = "breakthroughs"
    verbose_name = "Breakthroughs"

    def ready(self) -> None:
        from qdtrade.programmes import freezing, listing
        from tasks import beside

        from . import trail_words as trail_words
        from .beside import OF_REGISTER, OF_TASK
        from .figure_sets import SETS
        from .listings import BREAKTHROUGH_LIST
        from .notice_words import speak_of_breakthroughs
        from .open_work import offer

        offer()
        speak_of_breakthroughs()
        beside.register(OF_TASK)
        beside.register_column(OF_REGISTER)
        freezing.register(*SETS)
        listing.register(BREAKTHROUGH_LIST)
