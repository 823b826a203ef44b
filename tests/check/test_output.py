"""The four forms in which the checks answer, and the command."""

from __future__ import annotations

import json
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from guiju.check.codes import CODES, code_named
from guiju.check.html import render_html
from guiju.check.run import Result
from guiju.check.sarif import to_sarif
from guiju.check.serial import to_data
from guiju.check.text import render_text
from guiju.cli import main
from guiju.engine.sources import BUILT_IN
from guiju.law.store import DATA_VARIABLE

from .small import Case, all_cases, run_case

GOLDEN_EN = """\
G101  error: gap between two norms (1)
  cats:1.2, cats:1.1
    With cats at 100 cats neither Article 1, paragraph 2 nor Article 1, paragraph 1 applies; below,
    the former does, above, the latter.
    cats/norms.yaml:12  cats/norms.yaml:1
    counter-example: guiju assess G101-cats-1.2-cats-1.1.yaml
    what is seen: cats:1.2 (System 1) does not apply; cats:1.1 (System 1) does not apply

cats 1: 1 error, 0 warnings, 0 notes
Add --counterexamples FOLDER to write the profiles.
"""
GOLDEN_ZH = """\
G101  错误: 两项规范之间有空档 (1)
  cats:1.2, cats:1.1
    cats 为 100 只时，第一条第二款和第一条第一款都不适用；再少由前者管，再多由后者管。
    cats/norms.yaml:12  cats/norms.yaml:1
    反例: guiju assess G101-cats-1.2-cats-1.1.yaml
    可以看到: cats:1.2 (System 1) 不适用; cats:1.1 (System 1) 不适用

cats 1: 1 错误, 0 警告, 0 提示
加 --counterexamples 文件夹，写出可以运行的反例。
"""


@pytest.fixture
def gap(tmp_path: Path) -> Result:
    case = next(case for case in all_cases() if case.code == "G101")
    return run_case(case, tmp_path / "rulebooks")


@pytest.fixture
def own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep the user's own imported texts out of the tests."""
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path / "data"))
    return tmp_path


def test_text_in_english(gap: Result) -> None:
    assert render_text(gap, "en", width=100, colour=False) == GOLDEN_EN


def test_text_in_chinese(gap: Result) -> None:
    assert render_text(gap, "zh", width=100, colour=False) == GOLDEN_ZH


def test_text_says_that_nothing_was_found(tmp_path: Path) -> None:
    case = next(case for case in all_cases() if case.code == "G101" and not case.finds)
    assert render_text(run_case(case, tmp_path / "r"), "en", width=80, colour=False).startswith("Nothing was found.")


def test_json_says_everything_in_both_languages(gap: Result) -> None:
    data = json.loads(json.dumps(to_data(gap)))
    (found,) = data["diagnostics"]
    assert found["code"] == "G101"
    assert set(found["message"]) == set(found["title"]) == {"zh", "en"}
    assert [place["address"] for place in found["places"]] == ["cats:1.2", "cats:1.1"]
    assert found["places"][0] | {"citation": None} == {
        "address": "cats:1.2", "citation": None, "norm": "cats:1.2", "file": "cats/norms.yaml", "line": 12,
    }  # fmt: skip
    assert found["counterexample"]["shows"][0]["status"] == "does_not_apply"
    assert "cats: 100" in found["counterexample"]["profile"]
    assert data["counts"] == {"error": 1, "warning": 0, "note": 0}


def test_sarif_has_the_form_of_the_standard(without_texts: Result) -> None:
    log: dict[str, Any] = json.loads(to_sarif(without_texts, "en"))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert run["tool"]["driver"]["name"] == "Guiju"
    assert [rule["id"] for rule in rules] == list(CODES)
    assert {rule["defaultConfiguration"]["level"] for rule in rules} == {"error", "warning", "note"}
    assert len(run["results"]) == len(without_texts.diagnostics) > 0
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note")
        assert result["message"]["text"]
        assert len(result["partialFingerprints"]["guijuKey/v1"]) == 32
        for location in (*result["locations"], *result["relatedLocations"]):
            place = location["physicalLocation"]
            assert place["artifactLocation"]["uriBaseId"] in run["originalUriBaseIds"]
            lines = (BUILT_IN / place["artifactLocation"]["uri"]).read_text("utf-8").splitlines()
            assert lines[place["region"]["startLine"] - 1].startswith(("- ", "#"))
        assert [r["id"] for r in result["relatedLocations"]] == list(range(1, len(result["relatedLocations"]) + 1))
    skipped = run["invocations"][0]["toolExecutionNotifications"]
    assert len(skipped) == len(without_texts.skipped)
    assert run["invocations"][0]["executionSuccessful"] is True


def test_fingerprints_tell_findings_apart(without_texts: Result) -> None:
    log = json.loads(to_sarif(without_texts, "zh"))
    prints = [(r["partialFingerprints"]["guijuKey/v1"], r["message"]["text"]) for r in log["runs"][0]["results"]]
    assert len(set(prints)) == len(prints)


class Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.languages: list[str] = []
        self.outside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if found.get("id"):
            self.ids.append(str(found["id"]))
        if tag == "a":
            self.targets.append(str(found["href"]))
        if tag == "span" and found.get("lang"):
            self.languages.append(str(found["lang"]))
        self.outside += [str(v) for k, v in attrs if k in ("src", "href") and not str(v).startswith("#")]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_html_is_one_file_in_both_languages(without_texts: Result, lang: str) -> None:
    page = Page()
    html = render_html(without_texts, lang)
    page.feed(html)
    assert page.outside == []
    assert len(set(page.ids)) == len(page.ids)
    assert {target.removeprefix("#") for target in page.targets} <= set(page.ids)
    assert page.languages.count("zh") == page.languages.count("en") > 100
    assert "url(" not in html
    assert f'id="lang-{lang}"' in html.split(" checked")[0].rsplit("<input", 1)[1]


def test_nothing_in_a_rulebook_can_add_markup(tmp_path: Path) -> None:
    odd = {"case": "", "finds": [], "norms": [{"address": "cats:1.1", "when": "cats < 1 and cats > 1"}]}
    shown = render_html(run_case(Case("G201", odd), tmp_path / "r"), "en")
    assert "cats &lt; 1 and cats &gt; 1" in shown


def test_command_writes_answer_and_profiles(own_data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer, folder = own_data / "check.json", own_data / "cases"
    arguments = ["law", "check", "--law", "mail4", "--code", "g101", "--format", "json", "--output", str(answer)]
    assert main([*arguments, "--counterexamples", str(folder)]) == 0
    assert capsys.readouterr().out == ""
    data = json.loads(answer.read_text("utf-8"))
    assert [law["key"] for law in data["laws"]] == ["mail4"]
    assert {d["code"] for d in data["diagnostics"]} == {"G101"}
    written = {path.name: path.read_text("utf-8") for path in folder.iterdir()}
    assert written == {d["counterexample"]["file"]: d["counterexample"]["profile"] for d in data["diagnostics"]}


def test_command_prints(own_data: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert own_data
    assert main(["law", "check", "--code", "G305", "--lang", "zh"]) == 0
    assert "第七十条第一款" in capsysbinary.readouterr().out.decode()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--code", "G10"], "error: there is no code `G10`; did you mean `G10"),
        (["--law", "mail5"], "error: there is no rulebook `mail5`; there are: genai, mail4"),
        (["--code", "G101", "--output", "/nowhere/at/all.json"], "error: /nowhere/at/all.json: cannot be written"),
        (["--code", "G101", "--counterexamples", "/dev/null/x"], "error: /dev/null/x: cannot be made"),
    ],
)
def test_command_says_what_is_wrong(
    own_data: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], told: str
) -> None:
    assert own_data
    assert main(["law", "check", *arguments]) == 2
    assert capsys.readouterr().err.startswith(told)


def test_other_verbs_start_without_the_solver() -> None:
    program = "import sys; from guiju.cli import main; main(['law', 'list']); sys.exit('z3' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, check=False).returncode == 0


def test_codes_are_found_by_name() -> None:
    assert code_named("g101") is CODES["G101"]
