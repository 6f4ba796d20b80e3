"""The teacher's labels fit the words that a training text has."""

from kg.model import EntityType
from kg.recognition.model_features import words_of
from kg.recognition.model_recognizer import ModelRecognizer
from kg.training.passages import TYPES, Passage
from kg.training.teacher import Teacher

READ = "NARVIK (May 3, 2021) - Zorvex said that imatinib helps patients with melanoma."
UNREAD = (
    "\n\nForward-Looking Statements\n\nThis press release contains forward-looking statements within the "
    "meaning of the Private Securities Litigation Reform Act. Words such as expects and intends say so. Actual results "
    "may differ materially from those expected because of many risks.\n"
)


def test_every_word_has_a_row_also_where_the_teacher_does_not_read() -> None:
    text = READ + UNREAD
    found = Teacher(None).probabilities(Passage("1", "press", text))
    words = words_of(text, ModelRecognizer().tokenizer)
    assert found.shape == (len(words), len(TYPES), 3)
    drug = TYPES.index(EntityType.DRUG)
    (place,) = [number for number, start in enumerate(words.starts) if text.startswith("imatinib", start)]
    assert found[place, drug, 1] > found[place, drug, 0]
    unread = words.starts > text.index("This press release")
    assert (found[unread] == 0).all()
    assert unread.any()
