"""Each file is read back by readers that did not write it."""

from __future__ import annotations

import json
import subprocess
from typing import Any

import pytest
import rispy
from citeproc.source.json import CiteProcJSON
from pybtex.database import parse_string

from casebook.pandoc import pandoc_program
from casebook.reference_formats import FORMATS, to_bibtex, to_csl_json, to_ris
from hostile import PAYLOADS

NAMES = [{"literal": "佘宗明"}, {"literal": "Xiaomi legal department"}, {"family": "Goh", "given": "Brenda"}]
RECORD = {
    "id": "she-reputation", "type": "webpage", "title": "50% of {Lei & Co_: $1 #2 ~x^ \\end", "author": NAMES,
    "editor": [{"literal": "雷军"}], "container-title": "Nanfang+ (南方)", "publisher": "A & B",
    "issued": {"date-parts": [[2025, 5, 9]]}, "URL": "https://nf.example/a_b?c=%20&d={1", "accessed": {"date-parts": [[2026, 11, 22]]},
    "language": "zh-Hans", "note": "Read in a copy.",
}  # fmt: skip


def read_by_pandoc(bibtex: str) -> list[dict[str, Any]]:
    """What BibLaTeX would make of it, as CSL-JSON."""
    done = subprocess.run(
        [pandoc_program(), "-f", "biblatex", "-t", "csljson"], input=bibtex.encode(), capture_output=True, check=True
    )
    return json.loads(done.stdout)


def test_bibtex_is_read_by_pybtex():
    entry = parse_string(to_bibtex([RECORD]), "bibtex").entries["she-reputation"]
    assert entry.type == "online"
    assert entry.fields["url"] == "https://nf.example/a_b?c=%20&d=%7B1"
    assert (entry.fields["year"], entry.fields["date"], entry.fields["urldate"]) == ("2025", "2025-05-09", "2026-11-22")
    assert entry.fields["language"] == "zh-Hans"


def test_bibtex_keeps_literal_names_in_one_piece():
    author = parse_string(to_bibtex([RECORD]), "bibtex").entries["she-reputation"].persons["author"]
    assert [str(person) for person in author] == ["{佘宗明}", "{Xiaomi legal department}", "Goh, Brenda"]
    assert [person.first_names for person in author] == [[], [], ["Brenda"]]


def test_bibtex_is_read_by_biblatex_readers():
    title = RECORD["title"].replace("{", "")  # of a lone brace, which LaTeX has a command for, pandoc knows nothing
    (read,) = read_by_pandoc(to_bibtex([RECORD | {"title": title}]))
    assert read["author"] == NAMES
    assert read["editor"] == [{"literal": "雷军"}]
    assert read["issued"] == RECORD["issued"]
    assert read["title"].replace('<span class="nocase">', "").removesuffix("</span>") == title


@pytest.mark.parametrize(
    ("kind", "entry_type", "container"),
    [
        ("webpage", "online", "organization"),
        ("article-newspaper", "article", "journaltitle"),
        ("chapter", "incollection", "booktitle"),
        ("speech", "misc", "organization"),
    ],
)
def test_container_has_the_name_that_the_entry_type_wants(kind, entry_type, container):
    entry = parse_string(to_bibtex([RECORD | {"type": kind}]), "bibtex").entries["she-reputation"]
    assert (entry.type, entry.fields[container]) == (entry_type, "Nanfang+ (南方)")


@pytest.mark.parametrize(
    ("issued", "date"),
    [
        ({"date-parts": [[2024, 7]], "circa": True}, "2024-07~"),
        ({"date-parts": [[2024, 3], [2024, 4, 18]]}, "2024-03/2024-04-18"),
        ({"date-parts": [[2024]], "season": 2}, "2024"),
    ],
)
def test_bibtex_dates_are_edtf(issued, date):
    assert (
        parse_string(to_bibtex([RECORD | {"issued": issued}]), "bibtex").entries["she-reputation"].fields["date"]
        == date
    )


def test_name_that_holds_a_separator_is_braced():
    name = {"family": "Trust and Sons, Ltd.", "given": "Ann"}
    (read,) = read_by_pandoc(to_bibtex([RECORD | {"author": [name]}]))
    assert len(read["author"]) == 1


def test_ris_is_read_by_rispy():
    (read,) = rispy.loads(to_ris([RECORD]))
    assert read["type_of_reference"] == "ELEC"
    assert read["authors"] == ["佘宗明", "Xiaomi legal department", "Goh, Brenda"]
    assert read["secondary_authors"] == ["雷军"]
    assert (read["title"], read["secondary_title"]) == (RECORD["title"], RECORD["container-title"])
    assert (read["year"], read["date"], read["access_date"]) == ("2025", "2025/05/09/", "2026/11/22/")
    assert read["urls"] == [RECORD["URL"]]
    assert read["language"] == "zh-Hans"


def test_ris_begins_with_a_type_and_ends_with_an_end():
    lines = to_ris([RECORD, RECORD]).splitlines()
    assert lines[0] == "TY  - ELEC"
    assert lines[-1].strip() == "ER  -"


def test_ris_gives_a_month_without_a_day():
    (read,) = rispy.loads(to_ris([RECORD | {"issued": {"date-parts": [[2025, 5]]}}]))
    assert read["date"] == "2025/05//"


def test_csl_json_is_the_record():
    assert json.loads(to_csl_json([RECORD, RECORD])) == [RECORD, RECORD]


def test_csl_json_is_read_by_a_citation_processor():
    read = CiteProcJSON(json.loads(to_csl_json([RECORD])))["she-reputation"]
    assert read["author"][0] == {"literal": "佘宗明"}
    assert (read["issued"].year, read["issued"].month, read["issued"].day) == (2025, 5, 9)


@pytest.mark.parametrize("form", FORMATS, ids=[form.label for form in FORMATS])
def test_chinese_is_written_as_it_is(form):
    assert "佘宗明" in form.write([RECORD])


@pytest.mark.parametrize(
    "payload", ["}, evil = {x", "} @misc{evil,", "\\input{x}", "{{{", "}}}", "TY  - JOUR", *PAYLOADS]
)
def test_payload_in_every_field_stays_in_it(payload):
    words = " ".join(payload.split())
    record = (
        RECORD
        | dict.fromkeys(("title", "container-title", "publisher", "note"), words)
        | {"author": [{"literal": words}]}
    )
    data = parse_string(to_bibtex([record, RECORD | {"id": "next"}]), "bibtex")
    assert list(data.entries) == ["she-reputation", "next"]
    harmless = parse_string(to_bibtex([RECORD]), "bibtex").entries["she-reputation"]
    assert list(data.entries["she-reputation"].fields) == list(harmless.fields)
    assert len(rispy.loads(to_ris([record, RECORD]))) == 2
    assert rispy.loads(to_ris([record]))[0]["title"] == words


def test_no_records_make_an_empty_file_that_reads():
    assert list(parse_string(to_bibtex([]), "bibtex").entries) == []
    assert rispy.loads(to_ris([])) == []
    assert json.loads(to_csl_json([])) == []
