"""Made-up people and everything that happened to them, for demo, tests and measurements. See README.md."""

from db.seed.load import Made, Progress, fill

__all__ = ["Made", "Progress", "fill"]
