"""Rules about names and doubles in the registries: each triggered, and not triggered by what only looks like it."""

from __future__ import annotations

import pytest

from builders import REGISTRIES, at, case, check_case, check_registry, load, plain
from casebook.checks.naming import name_key
from casebook.checks.registering import address_key


def people(first: str, second: str) -> str:
    return REGISTRIES["people"] + (
        f"- {{id: p-one, name: {{en: {first}}}, description: x}}\n- {{id: p-two, name: {{en: {second}}}, description: x}}\n"
    )


# CB318


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Lei Example", "▲Example Lei"),
        ("Lei Example", "▲lei example"),
        ("Zoë Example", "▲Zoe Example"),
        ("Lei-Ann Example", "▲Lei Ann Example"),
        ("Alexander Example", "▲Alexandre Example"),
        ("Alexander Example", "▲Alexanderr Example"),
    ],
)
def test_person_registered_twice_is_reported_at_the_second_name(first, second):
    text = people(first, second)
    assert check_registry("people", text) == at(text, "CB318")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Li Wen", "Li Wei"),  # pinyin names are often a letter apart
        ("Person Example 12", "Person Example 13"),
        ("Ada Example", "Ida Sample"),
        ("Alexander Example", "Alexandra Sample"),
    ],
)
def test_two_people_with_names_alike_are_two(first, second):
    assert check_registry("people", people(first, second)) == []


def test_different_chinese_names_are_two_people_however_alike_in_latin():
    text = people("Zhang Example, zh: 张三", "Zhangh Example, zh: 章三")
    assert check_registry("people", text) == []


def test_same_chinese_name_is_one_person():
    text = people("Zhang Example, zh: 张三", "Sam Sample, zh: ▲张三")
    assert check_registry("people", text) == at(text, "CB318")


def test_name_that_is_another_persons_alias_is_reported_once():
    text = REGISTRIES["people"] + (
        "- {id: p-one, name: {en: Lei Example}, aliases: [Old Lei], description: x}\n"
        "- {id: p-two, name: {en: Sam Sample}, aliases: [▲old lei, Lei Example], description: x}\n"
    )
    assert check_registry("people", text) == at(text, "CB318")


def test_alias_may_repeat_the_persons_own_name_in_another_order():
    text = REGISTRIES["people"] + "- {id: p-one, name: {en: Lei Example}, aliases: [Example Lei], description: x}\n"
    assert check_registry("people", text) == []


@pytest.mark.parametrize("name", ["▲Acme Inc.", "▲The Acme Company", "▲ACME"])
def test_organisation_under_its_legal_name_is_the_same(name):
    text = REGISTRIES["organisations"] + f"- {{id: o-two, name: {name}, description: x}}\n"
    assert check_registry("organisations", text) == at(text, "CB318")


def test_person_and_organisation_may_share_a_name():
    text = REGISTRIES["organisations"] + "- {id: ada-company, name: Ada, description: x}\n"
    assert check_registry("organisations", text) == []


@pytest.mark.parametrize(
    ("name", "key"), [("Lei Jun", "jun lei"), ("The Daily", "daily"), ("The Company", "company the")]
)
def test_name_is_compared_without_order_and_legal_form(name, key):
    assert name_key(name) == key


# CB319


def sources(csl: str) -> str:
    return REGISTRIES["sources"] + (
        f'- {{id: s-two, csl: {{type: webpage, language: en, {csl}}}, short: x, accessed: "2024-05-01",'
        " kind: secondary, independence: press}\n"
    )


@pytest.mark.parametrize(
    "url",
    ["https://example.org/report/", "http://www.example.org/report", "https://EXAMPLE.org/report?utm_source=x#top"],
)
def test_source_with_the_address_of_another_is_reported_at_its_address(url):
    text = sources(f'title: Other, URL: ▲"{url}"')
    assert check_registry("sources", text) == at(text, "CB319")


@pytest.mark.parametrize(
    "url", ["https://example.org/report?id=2", "https://example.org/reports", "https://example.net/report"]
)
def test_source_with_another_address_is_another(url):
    assert check_registry("sources", sources(f'title: Other, URL: "{url}"')) == []


def test_source_with_title_date_and_publication_of_another_is_reported_at_its_title():
    more = 'issued: "2024-01", container-title: The Daily'
    text = (
        sources(f"title: A second report, {more}")
        + plain(sources(f"title: A Second Report!, {more}"))
        .replace("s-two", "s-three")
        .replace("A Second", "▲A Second")[len(REGISTRIES["sources"]) :]
    )
    assert check_registry("sources", text) == at(text, "CB319")


def test_sources_with_a_title_alone_in_common_are_two():
    assert check_registry("sources", sources("title: A report")) == []


def test_address_is_compared_without_what_leads_nowhere_else():
    assert address_key("http://www.Example.org/a/?utm_medium=x&id=1#b") == "example.org/a?id=1"


# CB321


NAMES = {
    "people": REGISTRIES["people"] + "- {id: lei-example, name: {en: Lei Jun, zh: 雷军}, description: x}\n",
    "organisations": REGISTRIES["organisations"] + "- {id: xiaomi, name: Xiaomi, description: x}\n",
    "platforms": REGISTRIES["platforms"] + "- {id: weibo, name: Weibo, operator: unknown, audience: x}\n",
}


def spelled(sentence: str) -> list[str]:
    text = case(("  - It mattered.\n", f"  - {sentence}\n"))
    return check_case(text, registries=NAMES), at(text, *["CB321"] * sentence.count("▲"))


@pytest.mark.parametrize(
    "sentence",
    [
        "Then ▲Lei Jung spoke.",
        "Then ▲Lie Jun spoke.",
        "She worked at ▲Xaiomi.",
        "He wrote on ▲Weebo.",
        "▲Xaiomi’s cars sold, and ▲Xioami’s did not.",
    ],
)
def test_registered_name_with_a_slip_is_reported_where_it_stands(sentence):
    found, expected = spelled(sentence)
    assert found == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Then Lei Jun spoke, and Lei Jun’s guests, on Weibo and at Xiaomi.",
        "Then Lei spoke. Jun is June in Danish.",
        "Lin Chen is somebody else.",
        "Two Weibos were compared.",
        "WEIBA is an acronym.",
        "Ada went to Acne, a label.",  # names of four letters are too often a letter from a word
    ],
)
def test_right_spelling_and_other_words_are_not_reported(sentence):
    found, _ = spelled(sentence)
    assert found == []


def test_word_that_is_written_small_elsewhere_is_a_word():
    found, _ = spelled("Weiboo it was, and weiboo it is.")
    assert found == []


def test_name_in_the_bibliography_is_spelled_as_printed():
    text = sources("title: What Weebo did")
    sound = case(("  - It mattered.\n", "  - He wrote on Weebo.\n"))
    assert check_case(sound, registries={**NAMES, "sources": text}) == []


def test_quotation_keeps_the_spelling_of_its_source():
    sound = case(("exact: We will ship in March.", "exact: Weebo will ship in March."))
    assert check_case(sound, registries=NAMES) == []


def test_slip_is_found_in_prose_and_in_every_case():
    first = case(("She said [[#q", "On ▲Weebo she said [[#q"))
    found = load(
        cases={"first-case": first, "second-case": first.replace("first-case", "second-case")}, registries=NAMES
    )
    places = [problem.short for problem in found.problems if problem.code == "CB321"]
    assert places == at(first, "CB321") * 2
