"""The JSON Schemas that editors read: fresh, and of one mind with the loader."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from studyguide.guide import loading

FOLDER = Path(__file__).parents[1] / "data"
SCHEMAS = loading.schemas()


def as_json(path: Path) -> Any:
    """The file as an editor's YAML 1.2 parser sees it: days are text."""
    loader = yaml.SafeLoader(path.read_text(encoding="utf-8"))
    loader.yaml_constructors = loader.yaml_constructors | {
        "tag:yaml.org,2002:timestamp": lambda _, node: node.value,
    }
    return loader.get_single_data()


@pytest.mark.parametrize("name", SCHEMAS)
def test_each_schema_in_the_data_folder_is_fresh(name: str) -> None:
    stored = (FOLDER / "schemas" / name).read_text(encoding="utf-8")
    assert json.loads(stored) == SCHEMAS[name], "call `make schemas`"


def test_no_schema_is_left_over() -> None:
    assert {path.name for path in (FOLDER / "schemas").iterdir()} == set(SCHEMAS)


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_accepts_what_the_loader_accepts(name: str) -> None:
    jsonschema.validate(as_json(FOLDER / name.replace(".json", ".yaml")), SCHEMAS[name])


def test_a_schema_refuses_an_unknown_field() -> None:
    film = as_json(FOLDER / "film.yaml") | {"colour": "red"}
    with pytest.raises(jsonschema.ValidationError, match="colour"):
        jsonschema.validate(film, SCHEMAS["film.json"])


@pytest.mark.parametrize("name", SCHEMAS)
def test_each_yaml_file_names_its_schema_on_its_first_line(name: str) -> None:
    first = (FOLDER / name.replace(".json", ".yaml")).read_text(encoding="utf-8").splitlines()[0]
    assert first == f"# yaml-language-server: $schema=schemas/{name}"
