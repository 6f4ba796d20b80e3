"""The pages for people: read in a worker from one generation, rendered there, sent by the front."""
