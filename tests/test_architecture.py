"""The house stays as drawn: who may import whom, and what may stand where."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
OWN = {
    "scoring", "simulator", "records", "ui", "language_model", "rapport", "app", "run", "doctor", "model", "raters", "second_rater", "research", "authoring",
}  # fmt: skip
FORBIDDEN = {
    "scoring": (OWN - {"scoring"}) | {"streamlit", "jinja2", "openai", "sqlalchemy", "pydantic", "socket", "http",
                                     "urllib", "requests", "httpx", "httpx2", "numpy", "pandas", "sklearn", "torch"},
    "simulator": {"ui", "records", "language_model", "model", "raters", "streamlit", "sqlalchemy", "openai", "jinja2",
                  "socket", "http", "urllib", "rapport", "app"},
    "records": {"ui", "language_model", "model", "raters", "streamlit", "openai", "simulator", "scoring", "rapport",
                "app"},
    "ui": {"language_model", "model", "openai", "yaml", "sqlalchemy", "rapport", "app"},
    "model": OWN - {"model"} | {"streamlit", "sqlalchemy"},
    "raters": OWN - {"raters", "scoring"} | {"streamlit", "jinja2", "openai", "sqlalchemy", "socket", "http", "urllib"},
}  # fmt: skip
FITTING = {"ridge", "evaluation", "agreement"}
"""Modules of the scorer, beside those named fit…, that only fitting uses; they may count with numpy."""


def python_files(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return names


@pytest.mark.parametrize("package", sorted(FORBIDDEN))
def test_a_package_imports_only_what_the_design_allows(package: str) -> None:
    files = python_files(package)
    assert files, f"{package} has no Python files, so this test would prove nothing"
    for path in files:
        forbidden = FORBIDDEN[package]
        if package == "scoring" and (path.stem.startswith("fit") or path.stem in FITTING):
            forbidden = forbidden - {"numpy", "sklearn"}
        wrong = imported(path) & forbidden
        assert not wrong, f"{path.relative_to(ROOT)} imports {sorted(wrong)}"


def test_rating_a_reply_loads_nothing_heavy() -> None:
    code = (
        "import sys, scoring; scoring.grade(scoring.read('You must be worn out.', 'I have not slept.'));"
        "print(sorted({'numpy', 'pandas', 'sklearn', 'torch', 'streamlit', 'pydantic', 'openai'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_only_the_entry_points_know_the_language_model() -> None:
    for package in ("scoring", "simulator", "records", "ui", "raters"):
        for path in python_files(package):
            assert not {"language_model", "model"} & imported(path), path


@pytest.mark.parametrize("folder", ["scenarios", "prompts"])
def test_content_folders_hold_no_python(folder: str) -> None:
    assert not list((ROOT / folder).rglob("*.py"))


def test_no_file_is_too_long_to_hold_in_the_head() -> None:
    paths = [path for package in OWN for path in ([ROOT / f"{package}.py"] if (ROOT / f"{package}.py").exists()
                                                  else python_files(package))]  # fmt: skip
    assert len(paths) > 20
    long = {str(path.relative_to(ROOT)): count for path in paths
            if (count := len(path.read_text(encoding="utf-8").splitlines())) > 350}  # fmt: skip
    assert not long
    pages = {path.name: count for path in (ROOT / "ui").glob("*.py")
             if (count := len(path.read_text(encoding="utf-8").splitlines())) > 350}  # fmt: skip
    assert not pages


def test_nothing_draws_html_that_somebody_typed() -> None:
    for path in [*python_files("ui"), ROOT / "app.py"]:
        assert "unsafe_allow_html=True" not in path.read_text(encoding="utf-8"), path
