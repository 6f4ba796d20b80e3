"""One error tree: every error a caller may expect is a KgError that says what, where and what to do."""


class KgError(Exception):
    """Base of all expected errors; a door prints it in one line, anything else is a bug."""


class ReadingError(KgError):
    """A file or address cannot be turned into a document."""


class RecognitionError(KgError):
    """A recognizer or model cannot be loaded or run."""


class LexiconError(KgError):
    """A term source or the compiled lexicon is missing, damaged or contradictory."""


class StoreError(KgError):
    """The store cannot be opened, written or published."""


class QueryError(KgError):
    """A SPARQL query is wrong, unknown, or was stopped."""


class ConfigError(KgError):
    """A setting or an option has a value that cannot be used."""


class CurieError(KgError):
    """A CURIE or IRI cannot be expanded or compressed."""


class QueryCallError(QueryError, ConfigError):
    """A query is asked for that does not exist, or with other parameters than it has: a wrong call."""
