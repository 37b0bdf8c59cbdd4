"""Whether the cited words support a statement, across languages."""

from retrieval.verify.checker import Checker, Evidence, Verdict, check

__all__ = ["Checker", "Evidence", "Verdict", "check"]
