"""A diary of 10,000 records over five years: a person who checks in most days, paces a few activities, keeps wins.

The same seed and the same last moment make the same diary.
"""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from tests.bench.diary_file import DiaryFile, Values

if TYPE_CHECKING:
    from pathlib import Path

RECORDS = 10_000
YEARS = 5
SEED = 20_260_301
ACTIVITIES = (
    ("Sitting at the desk", "minutes", "20"),
    ("Walking to the shop", "metres", "400"),
    ("Standing to cook", "minutes", "8"),
    ("Reading", "minutes", "15"),
    ("Stairs", "repeats", "6"),
    ("Phone calls", "minutes", "10"),
)
GOALS = ("See my sister on Sundays", "Cook for friends", "Back to the choir", "Swim once a week")
RATINGS = ("pain", "energy", "mood", "sleep")
WENT = ("much-less", "less", "about", "more", "much-more")
ENDED = ("as-planned", "stopped-sooner", "went-on", "dont-remember")
AFTER = ("same", "bit-sore", "flare-up")
WINS = ("a-step-done", "kept-to-the-plan", "stopped-in-time", "rested-on-purpose", "time-with-people", "my-own")
PARTS = ("home", "family-and-friends", "leisure", "movement", "caring-for-myself")
STEPS = ("done", "done", "tried", "partly", None)
TOLD = (
    "walked to the gate and back slowly then sat in the sun with tea before the kettle was cold my back was tight "
    "but easier after the rest so I read two pages and rang Ann who laughed about the bus and the rain we said "
    "Sunday if it stays dry the stairs were long today and I stopped half way which was right"
)


def write_years(path: Path, *, last: datetime, records: int = RECORDS, seed: int = SEED) -> None:
    """Write a file with that many records, the last of them made on the day before ``last``."""
    chance = random.Random(seed)  # noqa: S311 - it keeps no secret
    diary = DiaryFile(chance)
    begin = last - timedelta(days=365 * YEARS)
    activities = write_plans(diary, begin)
    entries = records - len(diary.records)
    for number in range(entries):
        at = begin + (last - timedelta(days=1) - begin) * (number / entries)
        about = number % 10
        if about < 3:
            write_check_in(diary, at)
        elif about < 9:
            write_session(diary, at, chance.choice(activities))
        else:
            write_win(diary, at)
    diary.save(path, made=last)


def write_plans(diary: DiaryFile, at: datetime) -> list[Values]:
    """Write activities, goals and their steps; return the activities, each with its id."""
    activities = []
    for name, unit, amount in ACTIVITIES:
        values: Values = {"name": name, "unit": unit, "amount": amount, "rest": 5}
        activities.append({"id": diary.writes("activity", at, values), **values})
    for words in GOALS:
        about = {"part": diary.chance.choice(PARTS), "why": sentence(diary, 20), "state": "active"}
        goal = diary.writes("goal", at, {"words": words, **about})
        for order, state in enumerate(STEPS):
            step: Values = {"goal": goal, "words": sentence(diary, 8), "order": order}
            diary.writes("step", at, step if state is None else {**step, "state": state})
    return activities


def write_check_in(diary: DiaryFile, at: datetime) -> None:
    """Write how a day went: most with a note, half of them with ratings."""
    chance = diary.chance
    values: Values = {**moment(at), "went": chance.choice(WENT)}
    if chance.random() < 0.7:
        values["note"] = sentence(diary, 40)
    if chance.random() < 0.5:
        values |= {rating: chance.randint(0, 10) for rating in RATINGS}
    diary.writes("check-in", at, values)


def write_session(diary: DiaryFile, at: datetime, activity: Values) -> None:
    """Write a paced session of an activity."""
    amount = {"planned": activity["amount"], "actual": activity["amount"], "rounds": 1}
    how = {"ended": diary.chance.choice(ENDED), "after": diary.chance.choice(AFTER)}
    about = {"activity": activity["id"], "name": activity["name"], "unit": activity["unit"]}
    diary.writes("session", at, {**about, **moment(at), **amount, **how})


def write_win(diary: DiaryFile, at: datetime) -> None:
    """Write a win."""
    values = {"kind": diary.chance.choice(WINS), "words": sentence(diary, 25), "part": diary.chance.choice(PARTS)}
    diary.writes("win", at, {**values, **moment(at)})


def moment(at: datetime) -> Values:
    """Return where and when something is written: in Britain, in winter."""
    return {"day": at.date().isoformat(), "written": round(at.timestamp() * 1000), "offset": 0}


def sentence(diary: DiaryFile, most: int) -> str:
    """Return a sentence of up to ``most`` words."""
    count = diary.chance.randint(3, most)
    return " ".join(diary.chance.choices(TOLD.split(), k=count)).capitalize() + "."
