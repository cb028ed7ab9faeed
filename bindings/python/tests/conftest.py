"""What the tests share: reports of our own, the development reports where they lie beside the clone, the command to compare with."""

import json
import os
import subprocess
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

ROOT = Path(__file__).resolve().parents[3]
NEWSWIRE = ROOT.parent / "shared/eval/data/newswire/docs.json"


@pytest.fixture(scope="session")
def reports() -> list[dict[str, str]]:
    """Documents of the repository, as `--docs` takes them."""
    texts = sorted((ROOT / "examples").glob("*.txt"))
    days = ["2015-07-20", "2018-04-27", None]
    return json.loads((ROOT / "examples/docs.json").read_text()) + [
        {"id": path.stem, "published": days[at % 3], "title": "", "text": path.read_text()} for at, path in enumerate(texts)
    ]


@pytest.fixture(scope="session")
def newswire() -> list[dict[str, str]]:
    """Every tenth of the 2,428 development reports; all of them with DETENTE_FULL=1."""
    if not NEWSWIRE.exists():
        pytest.skip(f"no {NEWSWIRE}: the development reports are not part of the repository")
    share = 1 if os.environ.get("DETENTE_FULL") else 10
    return json.loads(NEWSWIRE.read_text())[::share]


@pytest.fixture(scope="session")
def command() -> Path:
    """The command, built in release mode, whose rows the wheel's must equal."""
    target = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
    path = Path(os.environ.get("DETENTE_COMMAND", target / "release/detente"))
    if not path.exists():
        pytest.skip(f"no {path}: cargo build --release -p detente-cli")
    return path


@pytest.fixture(scope="session")
def by_command(command: Path, tmp_path_factory: pytest.TempPathFactory):
    """What the command makes of documents."""

    def read(docs: list[dict[str, str]]) -> pa.Table:
        folder = tmp_path_factory.mktemp("command")
        (folder / "docs.json").write_text(json.dumps(docs))
        with open(folder / "events.parquet", "wb") as out:
            arguments = [command, "read", "--docs", folder / "docs.json", "--format", "parquet"]
            subprocess.run(arguments, stdout=out, check=True)
        return pq.read_table(folder / "events.parquet")

    return read


def lines(table: pa.Table) -> bytes:
    """A table as bytes in which two tables agree if and only if they have the same columns and values in the same order."""
    return b"\n".join(json.dumps(row, default=str).encode() for row in table.to_pylist())
