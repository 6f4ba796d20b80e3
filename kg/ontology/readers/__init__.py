"""Readers of the formats that ontologies come in; each gives the same terms."""
