"""What people write, understood: deterministic, explainable, without a model or a network."""

from bot.core.understanding.engine import follow_up, understand
from bot.core.understanding.frame import Ask, Evidence, Frame, Question
from bot.core.understanding.lexicon import Concept, WordList, Words, compiled
from bot.core.understanding.towns import Gazetteer, gazetteer
from bot.core.understanding.weights import Weights

__all__ = [
    "Ask", "Concept", "Evidence", "Frame", "Gazetteer", "Question", "Weights", "WordList", "Words", "compiled",
    "follow_up", "gazetteer", "understand",
]  # fmt: skip
