"""The SPARQL endpoint and its pages: a front, killable read-only workers, published generations."""
