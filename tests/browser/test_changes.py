"""What changed since an edition: the address names it, the page answers, and without scripts it lists everything."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

import sites
from browser.conftest import Reader

CORRECTED = "cases/bench-photo/changes/"
"""A case that was published on 2 July 2031 and corrected on the 20th."""
UNCORRECTED = "cases/thousand-cars/changes/"
"""A case that was published on 3 July 2031."""
LIST = "readings/two-sundays/changes/"
OTHER = "0" * 12
"""A digest of other words."""
ANSWERS = {
    "same": "Nothing has changed since your edition.",
    "otherday": "The digits are those of the present edition,",
    "after": "Corrected since your edition:",
    "day": "Something was corrected about the day of your edition,",
    "wording": "No correction is on record since your edition, but it reads differently now.",
    "newer": "Your edition is newer than this copy of the casebook.",
    "unreadable": "The edition in this address cannot be read.",
}


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory, serve: Callable[[sites.Site], str]) -> str:
    """Where the example casebook is served."""
    return serve(sites.example_site(tmp_path_factory))


@pytest.fixture
def teacher(new_reader: Callable[..., Reader], example: str) -> Reader:
    return new_reader(example, viewport={"width": 1280, "height": 800})


def groups(page: Page) -> dict[str, list[str]]:
    """Heading → the ids of the corrections below it, for the groups that are shown."""
    return {
        group.locator("h3").inner_text(): [row.get_attribute("id") or "" for row in group.locator("li").all()]
        for group in page.locator(".since-group").all()
        if group.is_visible()
    }


def says(page: Page) -> list[str]:
    """What the page answers: the beginning of every answer that is shown."""
    return [
        answer.locator("strong").inner_text() for answer in page.locator(".since-says").all() if answer.is_visible()
    ]


@pytest.mark.parametrize("uri", [CORRECTED, UNCORRECTED, LIST])
def test_edition_of_now_has_not_changed(teacher: Reader, uri: str):
    token = teacher.open(uri).locator(".since").get_attribute("data-edition")
    page = teacher.open(f"{uri}?edition={token}")
    assert says(page) == [ANSWERS["same"]]
    assert groups(page) == {}
    expect(page.locator(".since-yours")).to_contain_text(token or "-")


def test_same_digits_with_another_day_are_said_to_be_the_present_edition(teacher: Reader):
    digest = (teacher.open(CORRECTED).locator(".since").get_attribute("data-edition") or "")[-12:]
    assert says(teacher.open(f"{CORRECTED}?edition=2031-07-02-{digest}")) == [ANSWERS["otherday"]]


@pytest.mark.parametrize("day", ["2031-07-02", "2031-07-19", "2031-06", "2030"])
def test_correction_after_an_older_edition_stands_first(teacher: Reader, day: str):
    page = teacher.open(f"{CORRECTED}?edition={day}-{OTHER}")
    assert says(page) == [ANSWERS["after"]]
    assert groups(page) == {"Since your edition": ["correction-1"]}


@pytest.mark.parametrize("day", ["2031-07-20", "2031-07", "2031"])
def test_correction_of_the_same_day_is_shown_as_uncertain(teacher: Reader, day: str):
    page = teacher.open(f"{CORRECTED}?edition={day}-{OTHER}")
    assert says(page) == [ANSWERS["day"]]
    assert groups(page) == {"About the day of your edition: perhaps in it, perhaps not": ["correction-1"]}


def test_other_words_without_a_correction_are_called_that(teacher: Reader):
    page = teacher.open(f"{UNCORRECTED}?edition=2031-07-03-{OTHER}")
    assert says(page) == [ANSWERS["wording"]]
    expect(page.locator(".removed")).to_contain_text("The question about the <lamp> was removed")


def test_edition_that_this_copy_does_not_know_yet_is_called_newer(teacher: Reader):
    page = teacher.open(f"{CORRECTED}?edition=2031-07-21-{OTHER}")
    assert says(page) == [ANSWERS["newer"]]
    assert groups(page) == {}


@pytest.mark.parametrize(
    "token", ["", "nonsense", "2031-07-02", f"2031-13-01-{OTHER}", f"2031-02-30-{OTHER}", f"2031-07-02-{'Z' * 12}",
              "<img src=x onerror=alert(1)>"],
)  # fmt: skip
def test_what_names_no_edition_is_said_to_be_unreadable_and_everything_is_listed(teacher: Reader, token: str):
    page = teacher.open(f"{CORRECTED}?edition={token}")
    assert says(page) == [ANSWERS["unreadable"]]
    expect(page.locator(".since-yours")).to_be_hidden()
    expect(page.locator(".since-all > li")).to_have_count(1)


def test_unreadable_edition_sends_nobody_to_its_day(teacher: Reader):
    page = teacher.open(f"{CORRECTED}?edition=nonsense")
    expect(page.locator(".since-hint")).to_have_count(0)


def test_list_shows_the_corrections_of_its_cases_and_its_own_change(teacher: Reader):
    page = teacher.open(f"{LIST}?edition=2031-07-03-{OTHER}")
    assert says(page) == [ANSWERS["after"]]
    assert groups(page) == {"Since your edition": ["list", "bench-photo--correction-1"]}
    expect(page.locator("#bench-photo--correction-1 a")).to_have_attribute(
        "href", "../../../cases/bench-photo/#correction-1"
    )


def test_day_is_told_in_words(teacher: Reader):
    for day, words in (("2031-07-02", "2 July 2031"), ("2031-07", "July 2031"), ("2031", "2031")):
        page = teacher.open(f"{CORRECTED}?edition={day}-{OTHER}")
        expect(page.locator(".since-day")).to_have_text(words)


def test_without_an_edition_nothing_is_answered_and_everything_is_listed(teacher: Reader):
    page = teacher.open(CORRECTED)
    assert says(page) == []
    expect(page.locator(".since-all > li")).to_have_count(1)


def test_without_scripts_every_correction_is_listed_with_its_day(new_reader: Callable[..., Reader], example: str):
    page = new_reader(example, java_script_enabled=False).open(f"{CORRECTED}?edition=2031-07-02-{OTHER}")
    assert says(page) == []
    expect(page.locator(".since-all > li")).to_contain_text(["20 July 2031"])
    expect(page.locator("#edition")).to_contain_text("edition of 20 July 2031")
    expect(page.locator(".since-hint")).to_be_visible()


def test_former_address_hands_the_edition_on(teacher: Reader):
    page = teacher.open(f"cases/the-notebook/changes/?edition=2031-07-03-{OTHER}")
    page.locator(".head a").click()
    page.wait_for_url(f"**/{UNCORRECTED}?edition=2031-07-03-{OTHER}")
    assert says(page) == [ANSWERS["wording"]]


def test_case_leads_here_with_its_edition(teacher: Reader):
    page = teacher.open("cases/bench-photo/")
    page.locator("#cite a[href*='changes/']").click()
    page.wait_for_url(f"**/{CORRECTED}?edition=*")
    assert says(page) == [ANSWERS["same"]]


def test_answer_is_heard_and_read_on_a_telephone_and_in_print(new_reader: Callable[..., Reader], example: str):
    reader = new_reader(example, viewport={"width": 390, "height": 800}, color_scheme="dark")
    page = reader.open(f"{CORRECTED}?edition=2031-07-02-{OTHER}")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    expect(page.get_by_role("status").first).to_contain_text(ANSWERS["after"])
    page.emulate_media(media="print")
    assert says(page) == [ANSWERS["after"]]
    assert groups(page) == {"Since your edition": ["correction-1"]}
