"""kg reads biomedical text, links what it names to ontologies and writes RDF with its evidence."""

__version__ = "0.1.0"
