"""Raters beside the embedded one: a model as a second rater, batches of it, and how far any two raters agree.

Nothing here opens a connection: the model is a plain callable, handed in by whoever starts the program.
"""

from raters.judge import Judge, SecondRating, SkillVerdict, disagreements, rubric_in_use

__all__ = ["Judge", "SecondRating", "SkillVerdict", "disagreements", "rubric_in_use"]
