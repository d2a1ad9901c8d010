"""The store. All tables are known wherever one of them is, as they point at each other."""

from bot.store import activity_tables as activity_tables
from bot.store import announcement_tables as announcement_tables
from bot.store import case_tables as case_tables
from bot.store import feed_tables as feed_tables
from bot.store import network_tables as network_tables
