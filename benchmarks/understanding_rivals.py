"""What others make of questions, for `benchmarks.understanding`: intents by character n-grams, days by dateparser.

Reads one JSON object: `taught`, pairs of a text and its intent, and `asked`, objects with `text`, `lang` and `now`.
Prints a JSON object a line for each that is asked: its `intent`, its `day` (the first that is found, or null), and the
milliseconds of CPU of either. Runs in the environment of the rivals, so it imports nothing of ours.
"""

from __future__ import annotations

import json
import sys
import time
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from dateparser.search import search_dates  # type: ignore[import-untyped] # it lives in an environment of its own
from sklearn.feature_extraction.text import TfidfVectorizer  # type: ignore[import-not-found] # the same
from sklearn.model_selection import GridSearchCV, StratifiedKFold  # type: ignore[import-not-found] # the same
from sklearn.pipeline import Pipeline, make_pipeline  # type: ignore[import-not-found] # the same
from sklearn.svm import LinearSVC  # type: ignore[import-not-found] # the same

ZONE = ZoneInfo("Europe/Copenhagen")


def main() -> None:
    given = json.load(sys.stdin)
    classifier = _taught(*zip(*given["taught"], strict=True))
    for asked in {each["lang"]: each for each in given["asked"]}.values():
        _day(asked)  # it loads a language the first time, which is not what is measured
    for asked in given["asked"]:
        began = time.thread_time()
        intent = _intent(classifier, asked["text"])
        between = time.thread_time()
        day = _day(asked)
        ended = time.thread_time()
        taken = {"intent_ms": (between - began) * 1000, "day_ms": (ended - between) * 1000}
        print(json.dumps({"intent": intent, "day": day, **taken}))


def _taught(texts: tuple[str, ...], intents: tuple[str, ...]) -> Pipeline:
    """Taught with the strength of regularisation that does best on the taught examples themselves, cross-validated."""
    grams = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True)
    folds = StratifiedKFold(3, shuffle=True, random_state=0)
    search = GridSearchCV(make_pipeline(grams, LinearSVC()), {"linearsvc__C": [0.3, 1, 3, 10]}, cv=folds)
    return search.fit(texts, intents).best_estimator_


def _intent(classifier: Pipeline, text: str) -> str:
    return str(classifier.predict([text])[0])


def _day(asked: dict[str, Any]) -> str | None:
    """The first day that dateparser finds: it is told the language, the moment, and how and which dates are meant."""
    now = datetime.fromisoformat(asked["now"]).astimezone(ZONE).replace(tzinfo=None)
    settings = {
        "RELATIVE_BASE": now,
        "PREFER_DATES_FROM": "future",
        "DATE_ORDER": "DMY",
        "PREFER_LOCALE_DATE_ORDER": False,
    }
    found = search_dates(asked["text"], languages=[asked["lang"]], settings=settings)
    return found[0][1].date().isoformat() if found else None


if __name__ == "__main__":
    main()
