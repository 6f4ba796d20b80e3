"""Training of the shipped token model: corpora, weak labels, the encoder, the loop and the export.

Nothing of this runs when `kg` is used; torch lives in its own environment (training/requirements.txt).
"""
