"""Settings: file over default, environment over file, and errors that name the key."""

from pathlib import Path

import pytest

from kg.config import Settings, read_settings
from kg.errors import ConfigError


def test_without_file_and_environment_the_defaults_hold(tmp_path: Path) -> None:
    assert read_settings(tmp_path, {}) == Settings()


def test_the_environment_goes_over_the_file(tmp_path: Path) -> None:
    (tmp_path / "kg.toml").write_text('store = "from-file"\njobs = 3\nkeep_text = false\n')
    settings = read_settings(tmp_path, {"KG_STORE": "from-environment"})
    assert settings == Settings(store=Path("from-environment"), jobs=3, keep_text=False)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("stor = 1", "stor"),
        ("jobs = 'many'", "jobs"),
        ("keep_text = 'perhaps'", "keep_text"),
        ("jobs = 0", "jobs"),
        ("= broken", "kg.toml"),
    ],
)
def test_a_wrong_file_is_refused_by_the_name_of_what_is_wrong(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "kg.toml").write_text(text)
    with pytest.raises(ConfigError, match=said):
        read_settings(tmp_path, {})


def test_an_empty_variable_does_not_count(tmp_path: Path) -> None:
    assert read_settings(tmp_path, {"KG_STORE": ""}) == Settings()
