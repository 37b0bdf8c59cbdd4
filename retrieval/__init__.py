"""Questions: understanding, finding, choosing evidence, answering."""
