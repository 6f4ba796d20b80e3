"""From a document to its tokens, sentences, sections and abbreviations."""
