"""Somebody filters a listing: by mouse, by keyboard, from a shared link, over several pages, on paper, without scripts."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Route, expect

import sites
from browser.conftest import Reader

ALL = ["first-page", "picture", "confession", "notebook", "thousandth"]
"""The events of the example casebook, in order of time."""
NOTE_SHIFTS = """
window.shifted = 0;
new PerformanceObserver(list => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value;
}).observe({type: "layout-shift", buffered: true});
"""


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture(scope="session")
def one_page(tmp_path_factory: pytest.TempPathFactory, serve: Callable[[sites.Site], str]) -> str:
    """The example casebook, whose listings have a page each."""
    return serve(sites.example_site(tmp_path_factory))


@pytest.fixture(scope="session")
def paged(tmp_path_factory: pytest.TempPathFactory, serve: Callable[[sites.Site], str]) -> str:
    """The same with two rows a page, one option a facet, and two rows shown at once."""

    def make(folder: Path) -> None:
        project = sites.make_example_project(tmp_path_factory.mktemp("paged-project") / "project")
        hooks = project / "hooks"
        replace(hooks / "casebook/views/collections.py", "ROWS_A_PAGE = 150", "ROWS_A_PAGE = 2")
        replace(hooks / "casebook/views/facets.py", "OPTIONS_A_FACET = 40", "OPTIONS_A_FACET = 1")
        replace(hooks / "theme/assets/casebook/filters.js", "ROWS_AT_ONCE = 100", "ROWS_AT_ONCE = 2")
        sites.build_strictly(project, folder)

    return serve(sites.Site(sites.once(tmp_path_factory, "paged-site", make)))


@pytest.fixture
def short(new_reader: Callable[..., Reader], one_page: str) -> Reader:
    return new_reader(one_page, viewport={"width": 1280, "height": 800})


@pytest.fixture
def long(new_reader: Callable[..., Reader], paged: str) -> Reader:
    return new_reader(paged, viewport={"width": 1280, "height": 800})


def facet(page: Page, name: str) -> Locator:
    return page.locator(f"[data-facet={name}]")


def choose(page: Page, name: str, value: str) -> None:
    if facet(page, name).get_attribute("open") is None:
        facet(page, name).locator("summary").click()
    facet(page, name).locator(f"input[value='{value}']").click()


def shows(page: Page, *events: str) -> None:
    """Exactly these events of the timeline can be seen, in this order."""
    expect(page.locator("[data-f]:visible")).to_have_count(len(events))
    ids = page.locator("[data-f]:visible").evaluate_all("rows => rows.map(row => row.id.split('--')[1])")
    assert ids == list(events)


def says(page: Page, words: str) -> None:
    expect(page.locator(".extent").get_by_role("status")).to_have_text(words)


def test_choosing_leaves_the_rows_that_match_and_writes_the_address(short: Reader):
    page = short.open("timeline/")
    shows(page, *ALL)
    choose(page, "person", "porter-fan")
    shows(page, "first-page", "notebook", "thousandth")
    says(page, "Showing 3 of 5 events")
    expect(page).to_have_url(f"{short.address}timeline/?person=porter-fan")
    expect(facet(page, "person").locator(".v")).to_have_text("Porter Fan")


def test_values_of_a_facet_add_up_and_facets_narrow_down(short: Reader):
    page = short.open("timeline/")
    choose(page, "confidence", "disputed")
    choose(page, "confidence", "confirmed")
    shows(page, "picture", "notebook")
    choose(page, "strand", "product")
    shows(page, "notebook")
    expect(page).to_have_url(re.compile(r"\?strand=product&confidence=disputed&confidence=confirmed$"))


def test_counts_follow_what_is_chosen_in_the_other_facets(short: Reader):
    page = short.open("timeline/?year=2030")
    says(page, "Showing 1 of 5 events")

    def counts(name: str) -> dict[str, str]:
        options = facet(page, name).locator(".opt").evaluate_all(
            "all => all.map(one => [one.querySelector('input').value, one.querySelector('.n').textContent])"
        )  # fmt: skip
        return dict(options)

    assert counts("person") == {"porter-fan": "1", "ada-sample": "0"}
    assert counts("year") == {"2030": "1", "2031": "4"}


def test_headings_and_contents_go_with_their_rows(short: Reader):
    page = short.open("timeline/?year=2031")
    expect(page.locator("#y2031")).to_be_visible()
    expect(page.locator("#y2030")).to_be_hidden()
    assert page.locator(".cb-toc a").all_inner_texts() == ["2031"]
    page.get_by_role("button", name="Clear", exact=True).click()
    assert page.locator(".cb-toc a").all_inner_texts() == ["2030", "2031"]


def test_back_and_forward_go_through_what_was_chosen(short: Reader):
    page = short.open("timeline/")
    choose(page, "person", "porter-fan")
    choose(page, "year", "2030")
    shows(page, "first-page")
    page.go_back()
    shows(page, "first-page", "notebook", "thousandth")
    expect(facet(page, "year").locator("input[value='2030']")).not_to_be_checked()
    page.go_back()
    shows(page, *ALL)
    says(page, "5 events in all")
    page.go_forward()
    shows(page, "first-page", "notebook", "thousandth")


def test_reloading_keeps_what_was_chosen(short: Reader):
    page = short.open("timeline/")
    choose(page, "platform", "streamly")
    expect(page.locator("[data-f]:visible")).to_have_count(2)
    page.reload()
    expect(page.locator("[data-f]:visible")).to_have_count(2)
    expect(facet(page, "platform").locator(":checked")).to_have_count(1)


@pytest.mark.parametrize("query", ["person=porter-fan&person=ada-sample", "person=porter-fan,ada-sample"])
def test_shared_link_shows_what_its_sender_saw(short: Reader, query: str):
    page = short.open(f"timeline/?{query}&year=2031")
    shows(page, "picture", "confession", "notebook", "thousandth")
    expect(facet(page, "person").locator(":checked")).to_have_count(2)
    assert page.evaluate("document.documentElement.dataset.asked") is None


def test_what_is_not_ours_in_the_address_stays(short: Reader):
    page = short.open("timeline/?from=letter#y2031")
    choose(page, "year", "2030")
    expect(page).to_have_url(f"{short.address}timeline/?from=letter&year=2030")


def test_link_to_a_section_keeps_the_filter(short: Reader):
    page = short.open("timeline/?person=porter-fan")
    page.locator(".cb-toc a", has_text="2031").click()
    expect(page).to_have_url(f"{short.address}timeline/?person=porter-fan#y2031")
    shows(page, "first-page", "notebook", "thousandth")


def test_nothing_found_says_so_and_offers_to_clear(short: Reader):
    page = short.open("timeline/?person=ada-sample&year=2030")
    says(page, "None of the 5 events")
    expect(page.get_by_text("No event has all of this.")).to_be_visible()
    page.get_by_role("button", name="Clear the filters").click()
    shows(page, *ALL)
    expect(page).to_have_url(f"{short.address}timeline/")
    expect(facet(page, "person").locator("summary")).to_be_focused()
    expect(page.get_by_text("No event has all of this.")).to_be_hidden()


def test_value_that_does_not_exist_finds_nothing(short: Reader):
    page = short.open("timeline/?person=nobody%3Cb%3E")
    says(page, "None of the 5 events")
    expect(facet(page, "person").locator(".v")).to_have_text("not listed")


def test_address_puts_no_words_of_its_own_on_the_page(short: Reader):
    words = "Ada-confessed-everything"
    page = short.open(f"timeline/?person={words},ada-sample,__proto__,{'x' * 5000}&theme={words}")
    expect(facet(page, "person").locator(".v")).to_have_text("not listed, Ada Sample")
    page.emulate_media(media="print")
    expect(page.get_by_text("Filtered.")).to_have_text(
        "Filtered. Person: not listed or Ada Sample; Theme of the case: not listed."
    )
    assert words not in page.locator("main").inner_text()


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("quotes/?speaker=ada-sample&language=en", "Showing 1 of 4 quotes"),
        ("quotes/?badge=reported", "Showing 1 of 4 quotes"),
        ("claims/?status=kept", "Showing 1 of 2 claims"),
        ("cases/?theme=posing", "Showing 1 of 2 cases"),
    ],
)
def test_every_listing_can_be_filtered(short: Reader, address: str, words: str):
    says(short.open(address), words)


def test_filtering_by_keyboard_alone(short: Reader):
    page = short.open("timeline/")
    facet(page, "person").locator("summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(facet(page, "person").locator("input").first).to_be_focused()
    page.keyboard.press("Space")
    expect(page.locator("[data-f]:visible")).to_have_count(3)
    page.keyboard.press("Escape")
    expect(facet(page, "person").locator("summary")).to_be_focused()
    expect(facet(page, "person").locator("fieldset")).to_be_hidden()
    page.keyboard.press("Enter")
    for _ in range(3):  # the two people, then the next list
        page.keyboard.press("Tab")
    expect(facet(page, "organisation").locator("summary")).to_be_focused()
    expect(facet(page, "person").locator("fieldset")).to_be_hidden()


def test_controls_are_large_enough_and_named(short: Reader):
    page = short.open("timeline/?person=porter-fan")
    for control in page.locator(".facet > summary, .filters-clear:visible").all():
        assert control.bounding_box()["height"] >= 24
    facet(page, "person").locator("summary").click()
    for option in facet(page, "person").locator(".opt").all():
        assert option.bounding_box()["height"] >= 24
    expect(page.get_by_role("form", name="Filter the events")).to_be_visible()
    expect(page.get_by_role("group", name="Person").get_by_role("checkbox", name="Porter Fan")).to_be_checked()


def test_list_closes_when_somebody_clicks_elsewhere(short: Reader):
    page = short.open("timeline/")
    facet(page, "theme").locator("summary").click()
    expect(facet(page, "theme").locator("fieldset")).to_be_visible()
    page.locator("h1").click()
    expect(facet(page, "theme").locator("fieldset")).to_be_hidden()


def test_open_list_stays_inside_the_window(short: Reader):
    page = short.open("timeline/")
    for list_ in page.locator(".facet").all():
        list_.locator("summary").click()
        box = list_.locator("fieldset").bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 1280


def test_telephone_has_one_control_for_all(new_reader: Callable[..., Reader], one_page: str):
    page = new_reader(one_page, viewport={"width": 390, "height": 800}).open("timeline/")
    expect(facet(page, "person")).to_be_hidden()
    page.locator(".filters-all > summary").click()
    choose(page, "person", "porter-fan")
    shows(page, "first-page", "notebook", "thousandth")
    expect(page.get_by_text("Filtered. Person: Porter Fan.")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_without_scripts_all_rows_stand_there_and_no_form(new_reader: Callable[..., Reader], one_page: str):
    page = new_reader(one_page, java_script_enabled=False).open("timeline/?person=porter-fan")
    expect(page.locator("[data-f]:visible")).to_have_count(5)
    expect(page.locator("form.filters")).to_be_hidden()
    expect(page.locator(".extent")).to_have_text("5 events in all")


@pytest.mark.parametrize("query", ["", "?person=porter-fan", "?person=ada-sample&year=2030"])
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("length", ["one_page", "paged"])
def test_nothing_jumps_while_the_page_loads(
    new_reader: Callable[..., Reader], request: pytest.FixtureRequest, length: str, width: int, query: str
):
    reader = new_reader(request.getfixturevalue(length), viewport={"width": width, "height": 800})
    reader.page.add_init_script(NOTE_SHIFTS)
    page = reader.open(f"timeline/{query}")
    expect(page.locator("html:not([data-asked])")).to_have_count(1)
    page.wait_for_timeout(300)
    assert page.evaluate("shifted") < 0.01


def test_filtered_list_prints_as_filtered_and_says_so(short: Reader):
    page = short.open("timeline/?person=porter-fan&year=2030,2031")
    says(page, "Showing 3 of 5 events")
    page.emulate_media(media="print")
    expect(page.get_by_text("Filtered. Person: Porter Fan; Year: 2030 or 2031.")).to_be_visible()
    expect(page.locator("form.filters")).to_be_hidden()
    expect(page.get_by_role("button", name="Clear")).to_be_hidden()
    shows(page, "first-page", "notebook", "thousandth")


def test_person_page_leads_to_the_person_on_the_timeline(short: Reader):
    page = short.open("people/porter-fan/")
    page.get_by_role("link", name="On the timeline").click()
    shows(page, "first-page", "notebook", "thousandth")


# A listing of several pages


def test_listing_of_one_page_fetches_nothing(short: Reader):
    page = short.open("timeline/")
    paths = short.fetched()
    choose(page, "person", "porter-fan")
    says(page, "Showing 3 of 5 events")
    assert paths == []


def test_filter_looks_at_all_pages_and_fetches_those_with_matches(long: Reader):
    page = long.open("timeline/")
    shows(page, "first-page", "picture")
    says(page, "Events 1 to 2 of 5, page 1 of 3")
    paths = long.fetched()
    choose(page, "strand", "product")
    shows(page, "notebook", "thousandth")
    says(page, "Showing 2 of 5 events")
    assert sorted(paths) == ["timeline/facets.json", "timeline/pages/2/", "timeline/pages/3/"]
    assert page.locator(".cb-toc a").all_inner_texts() == ["2031"]
    expect(page.locator(".pager")).to_be_hidden()


@pytest.mark.parametrize("start", ["timeline/", "timeline/pages/2/", "timeline/pages/3/"])
def test_filter_finds_the_same_from_every_page(long: Reader, start: str):
    page = long.open(f"{start}?year=2031")
    says(page, "Showing the first 2 of 4 matching events, of 5")
    shows(page, "picture", "confession")


def test_more_is_shown_on_demand_under_the_same_heading(long: Reader):
    page = long.open("timeline/?person=porter-fan")
    shows(page, "first-page", "notebook")
    page.get_by_role("button", name="Show more").click()
    shows(page, "first-page", "notebook", "thousandth")
    says(page, "Showing 3 of 5 events")
    assert page.locator("section:visible > h2").all_inner_texts() == ["2030", "2031"]
    expect(page.get_by_role("button", name="Show more")).to_be_hidden()
    assert page.evaluate("document.activeElement.closest('[data-f]').id") == "thousand-cars--thousandth"


def test_links_of_rows_from_other_pages_lead_where_they_did(long: Reader):
    page = long.open("timeline/pages/2/?strand=company")
    shows(page, "first-page")
    page.locator("[data-f]:visible").get_by_role("link", name="Porter Fan").click()
    expect(page).to_have_url(f"{long.address}people/porter-fan/")


def test_options_that_the_form_leaves_out_come_when_a_list_opens(long: Reader):
    page = long.open("timeline/")
    expect(facet(page, "strand").locator("input[type=checkbox]")).to_have_count(1)
    facet(page, "strand").locator("summary").click()
    expect(facet(page, "strand").locator("input[type=checkbox]")).to_have_count(3)
    labels = facet(page, "strand").locator(".opt > span:first-of-type").all_inner_texts()
    assert labels == ["Persona", "Product", "Company"]
    facet(page, "strand").get_by_role("searchbox").fill("comp")
    assert facet(page, "strand").locator(".opt:visible > span:first-of-type").all_inner_texts() == ["Company"]
    choose(page, "strand", "company")
    shows(page, "first-page")


def test_clearing_brings_the_page_back(long: Reader):
    page = long.open("timeline/pages/2/?person=porter-fan")
    shows(page, "first-page", "notebook")
    page.get_by_role("button", name="Clear", exact=True).click()
    shows(page, "confession", "notebook")
    says(page, "Events 3 to 4 of 5, page 2 of 3")
    expect(page.locator(".pager")).to_be_visible()
    page.go_back()
    shows(page, "first-page", "notebook")


def test_filter_that_cannot_be_loaded_says_so_and_leaves_the_page(new_reader: Callable[..., Reader], paged: str):
    reader = new_reader(paged, viewport={"width": 1280, "height": 800})

    def refuse(route: Route) -> None:
        route.fulfill(status=200, content_type="application/json", body="gone")

    reader.page.route("**/facets.json", refuse)
    page = reader.open("timeline/?person=porter-fan")
    says(page, "The filter could not be loaded. Events 1 to 2 of 5, page 1 of 3")
    shows(page, "first-page", "picture")
