"""Findings in the structure of the text: what stands in the blocks, or is missing there, without any search.

Lives here: one module for each sort of question (who makes whom, who calls, who judges, who holds, who decides, what is
owed). Importing this package registers their finders. Not here: captures (the fixpoint and the search in time).

Invariant: each finding names the lines it rests on and the one line that removes it; what a block says is taken at its word.
"""

from isonomy.checker.structure import calling, deciding, holding, judging, making

__all__ = ["calling", "deciding", "holding", "judging", "making"]
