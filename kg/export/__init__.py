"""Other forms of what was read: JSON, tables, pages, RDF files and graph formats."""
