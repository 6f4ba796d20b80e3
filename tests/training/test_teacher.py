"""The teacher's labels fit the words that a training text has."""

from kg.model import EntityType
from kg.recognition.model_features import words_of
from kg.recognition.model_marks import TYPES
from kg.recognition.model_recognizer import ModelRecognizer
from kg.training.passages import Passage
from kg.training.teacher import Teacher

READ = "NARVIK (May 3, 2021) - Zorvex said that imatinib helps patients with melanoma."
UNREAD = (
    "\n\nForward-looking statements\n\nWhat is said here about plans has forward-looking statements in it. Nobody can "
    "know whether they come true, as many risks and uncertainties may change what follows.\n"
)


def test_every_word_has_a_row_also_where_the_teacher_does_not_read() -> None:
    text = READ + UNREAD
    found = Teacher(None).probabilities(Passage("1", "press", text))
    words = words_of(text, ModelRecognizer().tokenizer)
    assert found.shape == (len(words), len(TYPES), 3)
    drug = TYPES.index(EntityType.DRUG)
    (place,) = [number for number, start in enumerate(words.starts) if text.startswith("imatinib", start)]
    assert found[place, drug, 1] > found[place, drug, 0]
    unread = words.starts > text.index("What is said")
    assert (found[unread] == 0).all()
    assert unread.any()
