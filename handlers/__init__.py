"""What a person can say and tap, in the order in which it is looked for: `register` lists it."""

from __future__ import annotations

from telegram.ext import Application

from bot.services import Services
from bot.store.arrivals import Arrivals
from handlers import (
    announcing,
    answers_kept,
    associations,
    authoring,
    case_group,
    colleagues,
    coordinating,
    first_steps,
    first_words,
    interpreting,
    knowledge,
    news,
    numbers,
    persons,
    reminding,
    settling,
    taking_part,
    writing,
)
from handlers.meetings import network as meetings
from handlers.menu import known_keys
from handlers.network import asking as network
from handlers.network import desk as network_desk
from handlers.programmes import leading as programmes_leading
from handlers.programmes import taking_part as programmes


def register(application: Application) -> None:  # type: ignore[type-arg] # its six parameters are nobody's business
    """The first handler that fits answers; `writing` comes last, as it takes whatever is left."""
    services: Services = application.bot_data["services"]
    application.bot_data["keys"] = known_keys(services.catalogues)
    application.bot_data["arrivals"] = Arrivals(services.database, services.community)
    parts = (
        case_group,
        first_words,
        taking_part,
        reminding,
        settling,
        persons,
        network,
        first_steps,
        programmes,
        associations,
        knowledge,
        news,
        interpreting,
    )
    desk = (coordinating, answers_kept, announcing, authoring, colleagues, meetings, network_desk, programmes_leading)
    for part in (*parts, *desk, numbers, writing):
        part.register(application)
