"""The command line as scripts rely on it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.commands import attache

ROOT = Path(__file__).resolve().parents[2]
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(sample_dir: Path, tmp_path: Path) -> Run:
    """Runs the command over the sample corpus, away from any .env."""

    def command(
        *arguments: str, stdin: str = "", data_dir: Path = sample_dir, **settings: str
    ) -> subprocess.CompletedProcess[str]:
        own = {
            "ATTACHE_DATA_DIR": str(data_dir),
            "ATTACHE_CORPUS_DIR": str(ROOT / "corpus" / "articles"),
            "ATTACHE_NOW": "2026-01-15T12:00:00Z",
        }
        return attache(*arguments, settings={**own, **settings}, folder=tmp_path, stdin=stdin)

    return command


def _object(output: str) -> dict[str, Any]:
    (line,) = output.splitlines()
    value = json.loads(line)
    assert isinstance(value, dict)
    return value


@pytest.mark.parametrize(
    "command",
    [
        [],
        ["ask"],
        ["search"],
        ["ingest"],
        ["articles"],
        ["eval"],
        ["chat"],
        ["serve"],
        ["status"],
        ["review"],
        ["quarantine"],
        ["sources"],
    ],
)
def test_help_needs_nothing_heavy(command: list[str]) -> None:
    """Asking for help loads neither model, index nor bot."""
    code = (
        "import sys\nfrom bot.cli import app\n"
        f"sys.argv = ['attache', *{command!r}, '--help']\n"
        "try:\n    app()\nexcept SystemExit as end:\n    assert end.code == 0\n"
        "heavy = {'torch', 'chromadb', 'onnxruntime', 'numpy', 'telegram', 'sqlalchemy', 'babel',"
        " 'matplotlib', 'langchain', 'langchain_core', 'stamina'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert "Usage" in run.stdout


def test_ask_as_json(run: Run) -> None:
    """Standard output is one JSON object with every promised field."""
    result = run("ask", "what did Vietnam and the UK discuss in 2020?", "--json")
    assert result.returncode == 0, result.stderr
    answer = _object(result.stdout)
    assert answer["mode"] == "quoted"
    assert answer["abstained"] is False
    assert answer["coverage"]["languages"] == {"vi": 1}
    assert answer["coverage"]["period"] == {"start": "2020-01-01", "end": "2020-12-31"}
    assert set(answer["query"]["countries"]) == {"VN", "GB"}
    assert answer["sources"][0]["event"]["start"] == "2020-04-16"
    assert "Năm 2020 là năm hai nước kỷ niệm" in answer["sources"][0]["event"]["evidence"]
    assert {item["verdict"] for item in answer["statements"]} == {"quoted", "supported"}
    for item in answer["statements"]:
        assert item["citations"]
        if item["verdict"] == "quoted":
            assert item["text"] == item["citations"][0]["quote"]
    assert "16 April" in answer["answer"]
    assert "[1]" in answer["answer"]


def test_a_refusal_as_json(run: Run) -> None:
    """No statements, the reason in words, the nearest by id."""
    answer = _object(run("ask", "Việt Nam và Anh trao đổi gì năm 2021?", "--json").stdout)
    assert answer["abstained"] is True
    assert answer["statements"] == []
    assert [name[:3] for name in answer["coverage"]["nearest"]] == ["000", "004"]
    assert answer["language"] == "vi"


def test_a_batch_answers_line_by_line(run: Run) -> None:
    """Order and ids are kept; a broken line gets an error in its place and the exit code 2."""
    lines = [
        json.dumps({"id": 1, "question": "vn uk 2020"}),
        "",
        json.dumps({"id": "c", "question": "🙂"}),
        json.dumps({"id": "d", "question": "viet nam va nga thang 7"}),
    ]
    result = run("ask", "--batch", "-", "--json", stdin="\n".join(lines))
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == [1, None, "c", "d"]
    assert ["error" in answer for answer in answers] == [False, True, True, False]
    assert result.returncode == 2


def test_search_as_json(run: Run) -> None:
    """Passages with rank, score and how they stand to the condition."""
    found = _object(run("search", "Vietnam and Russia in 2021", "-k", "2", "--json").stdout)
    assert [result["rank"] for result in found["results"]] == [1, 2]
    assert {result["article"][:3] for result in found["results"]} == {"002"}
    assert {result["condition"] for result in found["results"]} == {"unknown"}


def test_articles_as_json(run: Run) -> None:
    """One line an article."""
    lines = run("articles", "--json").stdout.splitlines()
    assert [json.loads(line)["id"][:3] for line in lines] == ["000", "001", "002", "003", "004"]


def test_a_digest_is_narrowed_by_options(run: Run) -> None:
    """Of the sample: by who is named, the topic, and the articles' languages."""

    def stories(*options: str) -> int:
        days = ("--since", "2015-01-01", "--until", "2030-01-01")
        result = run("digest", *days, *options, "--json")
        return len(json.loads(result.stdout)["stories"])

    every = stories()
    health = stories("--topics", "health,vaccines")
    assert 0 < health < every
    assert stories("--languages", "vi", "--languages", "fr", "--topics", "health") <= health
    assert stories("--people", "Nobody Known") == 0


def test_status_says_that_all_is_whole(run: Run) -> None:
    """Version, count and health."""
    status = _object(run("status", "--json").stdout)
    assert (status["version"], status["articles"], status["index"]) == (1, 5, "whole")


def test_status_tells_of_the_language_model(run: Run) -> None:
    """Its name, where texts go and what is sent there; addresses stand in `.env`, too."""
    none = _object(run("status", "--json").stdout)
    assert (none["llm_model"], none["llm_host"], none["llm_sends"]) == (None, None, None)
    result = run("status", "--json", ATTACHE_LLM_MODEL="openai:gpt-4o-mini")
    public = _object(result.stdout)
    assert public["llm_model"] == "openai:gpt-4o-mini"
    assert (public["llm_host"], public["llm_sends"]) == ("api.openai.com", "evidence")
    own = run(
        "status",
        ATTACHE_LLM_MODEL="openai:m",
        ATTACHE_LLM_SENDS="question",
        OPENAI_BASE_URL="https://llm.example.org/v1",
    )
    assert "llm host: llm.example.org\nllm sends: question\n" in own.stdout
    local = _object(run("status", "--json", ATTACHE_LLM_MODEL="local").stdout)
    assert (local["llm_host"], local["llm_sends"]) == ("this machine", "nothing")


def test_model_elsewhere_is_refused_where_nothing_may_leave(run: Run) -> None:
    """Before anything else is done, with what to change; one on this machine is taken."""
    nothing = {"ATTACHE_LLM_SENDS": "nothing", "ATTACHE_LLM_MODEL": "openai:m"}
    result = run("status", **nothing)
    assert (result.returncode, result.stdout) == (2, "")
    assert "api.openai.com; set ATTACHE_LLM_MODEL to a model on this machine" in result.stderr
    assert result.stderr.count("\n") == 1
    assert run("serve", TELEGRAM_BOT_TOKEN="1:x", **nothing).returncode == 2  # noqa: S106
    here = run("status", OPENAI_API_BASE="http://127.0.0.1:9/v1", **nothing)
    assert here.returncode == 0


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["ask"], 2, "QUESTION"),
        (["ask", "🙂🙂"], 2, "no words"),
        (["ask", "a" * 50_000], 2, "at most 2,000"),
        (["ask", "--batch", "nowhere.jsonl"], 2, "nowhere.jsonl"),
        (["ingest", "nowhere.txt"], 2, "nowhere.txt"),
        (["eval"], 2, "QUESTIONS"),
        (["eval", "nowhere.jsonl"], 2, "nowhere.jsonl"),
        (["eval", "-"], 2, "no line"),
        (["serve"], 2, "TELEGRAM_BOT_TOKEN"),
        (["search", "x", "-k", "0"], 2, "-k"),
        (["digest", "--topics", "weather"], 2, "--topics weather: give some of agreements"),
        (["digest", "--people", "12,"], 2, "--people 12,: give names"),
        (["digest", "--languages", "french"], 2, "--languages french"),
        (["frobnicate"], 2, "frobnicate"),
    ],
)
def test_wrong_use_is_one_clear_line(run: Run, arguments: list[str], code: int, words: str) -> None:
    """An exit code, a word that names the culprit, and never a traceback."""
    result = run(*arguments)
    assert result.returncode == code
    assert words in result.stderr
    assert "Traceback" not in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ATTACHE_ACCESS", "ajar"),
        ("ATTACHE_ADMIN_IDS", "me"),
        ("ATTACHE_NOW", "soon"),
        ("ATTACHE_LLM_MODEL", "gpt-4o-mini"),
        ("ATTACHE_LLM_SENDS", "everything"),
        ("ATTACHE_LLM_TEMPERATURE", "hot"),
        ("ATTACHE_LLM_TEMPERATURE", "nan"),
        ("ATTACHE_LLM_TIMEOUT", "0"),
    ],
)
def test_a_setting_that_makes_no_sense_is_named(run: Run, name: str, value: str) -> None:
    """The variable stands in the message."""
    result = run("status", **{name: value})
    assert result.returncode == 2
    assert name in result.stderr
    assert result.stderr.count("\n") == 1


def test_asking_before_the_first_ingest_says_what_to_do(run: Run, tmp_path: Path) -> None:
    """One line, with the command to run."""
    (tmp_path / "data").mkdir()
    result = run("ask", "anything at all?", data_dir=tmp_path / "data")
    assert result.returncode == 1
    assert "attache ingest" in result.stderr


def test_a_missing_corpus_folder_is_named(run: Run, tmp_path: Path) -> None:
    """Exit code 2: input that cannot be read."""
    result = run("ingest", ATTACHE_CORPUS_DIR=str(tmp_path / "none"))
    assert result.returncode == 2
    assert "none" in result.stderr


def test_an_evaluation_as_json(run: Run, tmp_path: Path) -> None:
    """JSON alone on standard output; a bad line is named and stops nothing; files where asked."""
    lines = [
        json.dumps({"id": "uk", "question": "vn uk 2020", "articles": ["000_6bbd91878e671d41"]}),
        "no JSON",
        json.dumps({"question": "vn uk 2021", "nothing": True}),
    ]
    result = run("eval", "-", "--json", "--output", "out", stdin="\n".join(lines))
    assert result.returncode == 0, result.stderr
    figures = _object(result.stdout)
    assert (figures["recall"], figures["cited"], figures["wrongly_answered"]) == (1.0, 1.0, 0.0)
    assert [item["outcome"] for item in figures["results"]] == ["cited", "refused"]
    assert figures["bad"] == [{"line": 2, "error": "is not JSON"}]
    assert "line 2 is not JSON" in result.stderr
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "evaluation.md",
        "evaluation.png",
    }


def test_an_evaluation_without_a_valid_line(run: Run) -> None:
    """Exit code 2, each line named, nothing on standard output."""
    result = run("eval", "-", "--json", stdin='{"question": "x"}\n{')
    assert result.returncode == 2
    assert "line 1" in result.stderr
    assert "line 2" in result.stderr
    assert "Traceback" not in result.stderr
    assert result.stdout == ""


def test_start_without_a_terminal_answers_the_sample_question(run: Run) -> None:
    """What `make run </dev/null` ends with."""
    result = run("start")
    assert result.returncode == 0, result.stderr
    assert "16 April 2020" in result.stdout
    assert "VOV5" in result.stdout


def test_chat_takes_a_command_for_no_question(run: Run) -> None:
    """It says what there is; nothing is looked for in the corpus."""
    result = run("chat", stdin="/help\n/digest now\n")
    assert result.returncode == 0, result.stderr
    assert result.stdout.count("/reset forgets it") == 3
    assert "/digest is no command here." in result.stdout
    assert "/help is no" not in result.stdout
    assert "Not in this corpus" not in result.stdout


def test_chat_goes_on_from_the_question_before_until_it_is_reset(run: Run) -> None:
    """In one session, without anything stored."""
    lines = [
        "What did Vietnam and the UK discuss in 2020?",
        "and in 2023?",
        "/reset",
        "and in 2020?",
    ]
    result = run("chat", stdin="\n".join(lines) + "\n")
    assert result.returncode == 0, result.stderr
    before, _, after = result.stdout.partition("Forgotten.")
    assert "Following on: Vietnam – United Kingdom, 2023." in before
    assert "29–30 March 2023" in before
    assert "Following on" not in after


def test_what_is_written_is_the_accounts_alone(run: Run, new_data_dir: Callable[[], Path]) -> None:
    """Folders, indexes, backups, and a database that an earlier version left open to others."""
    data_dir = new_data_dir()
    assert run("ingest", data_dir=data_dir).returncode == 0
    database = data_dir / "catalogue.sqlite3"
    database.chmod(0o644)
    backup = data_dir / "backup.sqlite3"
    assert run("backup", str(backup), data_dir=data_dir).returncode == 0
    written = [path for path in data_dir.rglob("*") if "models" not in path.parts]
    assert backup in written
    assert not [path for path in written if path.stat().st_mode & 0o077]
