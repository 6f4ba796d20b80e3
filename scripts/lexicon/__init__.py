"""Builds the term files in ontologies/ from pinned packages; run by `make lexicon`."""
