"""Term files and the lexicon made of them: names, identifiers and the hierarchy, offline."""
