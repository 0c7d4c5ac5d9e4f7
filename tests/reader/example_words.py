"""The words of the example: what a person who paces might write."""

from __future__ import annotations

from typing import Final

ACTIVITIES: Final = (
    ("Sitting at the desk", "thinking", "minutes", "", "20"),
    ("Walking to the shop", "body", "metres", "", "400"),
    ("Standing to cook", "body", "minutes", "", "8"),
    ("Stairs", "body", "repeats", "", "6"),
    ("Phone calls", "people", "minutes", "", "10"),
    ("Knitting", "feelings", "own", "rows", "4.5"),
)
GOALS: Final = (
    ("See my sister on Sundays", "family-and-friends", "I miss the laughing", "Once a month, and worn out after"),
    ("Cook for friends", "home", "My table was never empty", "Soup from a tin"),
    ("Back to the choir", "leisure", "Singing makes the week", "I listen to recordings"),
    ("Swim once a week", "movement", "In water I am light", "I know when it is quiet there"),
)
STEPS: Final = (
    "Ask who could give me a lift",
    "Go for a quarter of an hour",
    "Sit down before it is too much",
    "Do it twice, with a rest between",
    "Tell somebody how it was",
)
NOTES: Final = (
    "Walked to the gate and back, then sat in the sun with tea.",
    "Tired. Slept badly.",
    "Stopped half way up the stairs, which was right.\nWent on after the kettle.",
    "Read two pages, rang Ann, laughed about the bus.",
    "Rain all day. The back was tight, easier after the rest.",
    "Did too much, I think. Tomorrow is for little.",
    "Schöner Abend mit Jörg \U0001f642",
    "A letter came. Wrote back the same day, in three rounds.",
)
WORDS: Final = ("Slowly", "Better", "Foggy", "Patient", "Grey", "Warm", "Ça va", "Enough")
WINS: Final = (
    "Sat through the whole song",
    "Said no to a third errand",
    "Rested before it hurt",
    "Cooked, and there were two of us",
    "Walked past the post office to the bench",
    "Back to my usual two days after a bad one",
)
RESTS: Final = (3, 5, 10, 15)
