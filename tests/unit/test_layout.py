"""The canonical layout, and how a file that another program wrote gets its comments back."""

from __future__ import annotations

from textwrap import dedent

from casebook.layout import format_text, merge_text
from casebook.model import Case, Person, ReadingList, Source

CASE = "casefiles/cases/x.yml"
LINE = "# yaml-language-server: $schema=../.schema/case.json\n"


def laid_out(text: str, model: type = Case, name: str = CASE) -> str:
    """The canonical text, without its first line."""
    formatted, problems = format_text(dedent(text), name, model)
    assert problems == []
    assert formatted is not None
    return formatted.partition("\n")[2]


def merged(old: str, new: str, model: type = Case) -> str:
    text, problems = merge_text(dedent(old), dedent(new), CASE, model)
    assert problems == []
    assert text is not None
    return text.partition("\n")[2]


def same(text: str) -> str:
    return dedent(text).lstrip("\n")


def test_fields_stand_in_the_order_of_the_model_and_unknown_ones_after_them():
    assert laid_out("odd: 1\ntitle: A\nid: x\n") == "id: x\ntitle: A\nodd: 1\n"


def test_mappings_are_in_block_style_and_lists_are_set_off():
    assert laid_out("id: x\ncast: [{who: ada, role: founder}]\nthemes: [a]\nstatus: draft\n") == same(
        """
        id: x
        status: draft

        cast:
          - who: ada
            role: founder

        themes: [a]
        """
    )


def test_dates_addresses_and_digests_are_in_quotes_and_numbers_are_not():
    text = "- id: s\n  csl: {URL: https://example.org/, language: en}\n  accessed: 2024-05\n  sha256: ab12\n"
    assert laid_out(text, Source, "casefiles/registry/sources.yml") == same(
        """
        - id: s
          csl:
            URL: "https://example.org/"
            language: en
          accessed: "2024-05"
          sha256: "ab12"
        """
    )
    assert laid_out('schema_version: "1"\n') == "schema_version: 1\n"


def test_what_other_programs_take_for_something_else_is_in_quotes():
    texts = ["no", "1:30", "2024-07-19", "1.10", "0x1F", "null", "12345e678", "Off", "=", "y"]
    assert laid_out(f"glance: [{', '.join(texts)}]\n") == "glance:\n" + "".join(f'  - "{text}"\n' for text in texts)


def test_the_key_on_stays_plain():
    assert laid_out("corrections:\n- 'on': 2024\n") == 'corrections:\n  - on: "2024"\n'


def test_long_text_is_folded_at_100_columns_and_short_text_unfolded():
    text = " ".join(["word"] * 25)
    assert laid_out(f"dek: {text}\n") == f"dek: >-\n  {' '.join(['word'] * 19)}\n  {' '.join(['word'] * 6)}\n"
    assert laid_out("dek: >-\n  one\n  two\n") == "dek: one two\n"


def test_text_without_blanks_stays_on_its_line():
    assert laid_out(f"dek: {'雷军' * 60}\n") == f"dek: {'雷军' * 60}\n"


def test_text_that_folding_would_change_is_broken_only_where_it_may_be():
    text = f"{'word ' * 10} two blanks{' word' * 12}"
    assert laid_out(f'dek: "{text}"\n') == f"dek: >-\n  {text[:96]}\n  {text[97:]}\n"


def test_lines_of_prose_stay_as_the_editor_broke_them():
    assert laid_out('dek: "a\\nb\\n\\nc\\n"\n') == "dek: |\n  a\n  b\n\n  c\n"
    assert laid_out('dek: "a\\nb"\n') == "dek: |-\n  a\n  b\n"
    assert laid_out('dek: " a\\nb"\n') == 'dek: " a\\nb"\n'


def test_short_lists_stand_in_brackets_where_they_fit():
    assert laid_out("themes:\n  - a\n  - b\n") == "themes: [a, b]\n"
    ids = [f"a-very-long-theme-{number}" for number in range(6)]
    assert laid_out(f"themes: [{', '.join(ids)}]\n") == "themes:\n" + "".join(f"  - {one}\n" for one in ids)


def test_comments_go_with_the_field_that_they_stand_on():
    assert laid_out(
        """
        # about the file

        title: A  # beside the title
        # above the id
        id: x
        cast:
        # above Ada
        - {who: ada, role: r}  # beside Ada
          # the end of the cast
        """
    ) == same(
        """
        # about the file

        # above the id
        id: x
        title: A  # beside the title

        cast:
          # above Ada
          # beside Ada
          - who: ada
            role: r
          # the end of the cast
        """
    )


def test_a_list_with_a_comment_has_an_item_a_line():
    assert laid_out("themes: [a,  # first\n  b]  # all\n") == "themes:  # all\n  - a  # first\n  - b\n"


def test_an_earlier_modeline_is_replaced():
    text, _ = format_text("# yaml-language-server: $schema=../../site/schema/case.json\nid: x\n", CASE, Case)
    assert text == f"{LINE}id: x\n"


def test_the_modeline_leads_to_the_schema_from_any_folder():
    assert format_text("[]", "casefiles/registry/sources/2024.yml", Source)[0] == (
        "# yaml-language-server: $schema=../../.schema/sources.json\n[]\n"
    )
    assert "../.schema/reading-list.json" in str(format_text("id: x", "casefiles/readings/x.yml", ReadingList)[0])


def test_a_file_that_cannot_be_composed_has_its_problems_instead():
    text, problems = format_text("id: [x\nid: y\n", CASE, Case)
    assert text is None
    assert [problem.code for problem in problems] == ["CB005"]
    assert format_text("id: x\nid: y\n", CASE, Case)[1][0].short == "2:1 CB007"


def test_values_of_another_program_come_in_and_comments_stay():
    assert merged(
        """
        id: x  # the id
        title: A
        events:
          # the first
          - id: one
            date: "2024-01-10"  # by the Daily
            title: One
          - id: two
            title: Two  # second
        """,
        """
        title: B
        events:
        - {title: Two, id: two}
        - {title: Uno, id: one, date: 2024-01-10}
        id: x
        """,
    ) == same(
        """
        id: x  # the id
        title: B

        events:
          - id: two
            title: Two  # second
          # the first
          - id: one
            date: "2024-01-10"  # by the Daily
            title: Uno
        """
    )


def test_empty_fields_and_defaults_that_another_program_added_are_left_out():
    new = "id: x\nupdated: ''\nfurther: []\ncorrections:\nrelated: null\nevents: [{id: e, time: '', confidence: reported}]\n"
    assert merged("id: x\nevents: [{id: e}]\n", new) == "id: x\n\nevents:\n  - id: e\n"


def test_a_field_emptied_in_another_program_is_gone():
    assert merged("id: x\nupdated: '2024'\n", "id: x\nupdated: ''\n") == "id: x\n"


def test_a_required_field_stays_though_it_is_empty():
    assert merged("id: x\ntitle: A\n", "id: x\ntitle: ''\n") == 'id: x\ntitle: ""\n'


def test_fields_that_the_model_does_not_know_are_not_lost():
    assert merged("id: x\nmine: 1  # keep\ndek: A\n", "id: x\n") == "id: x\nmine: 1  # keep\n"


def test_what_says_the_same_is_not_rewritten():
    old = "id: x\n\nkey_figures:\n  - value: 93.50\n    label: A\n\nbody:\n  - id: b\n    text: |\n      One.\n"
    assert merged(old, "id: x\nkey_figures: [{value: 93.5, label: A}]\nbody: [{id: b, text: One.}]\n") == old


def test_items_without_an_id_are_matched_by_their_content_then_by_their_first_fields():
    old = "cast:\n  # c1\n  - who: ada\n    role: r\n  # c2\n  - who: bob\n    role: s\n"
    assert merged(old, "cast: [{who: bob, role: t}, {who: ada, role: r}]\n") == (
        "cast:\n  # c2\n  - who: bob\n    role: t\n  # c1\n  - who: ada\n    role: r\n"
    )


def test_a_comment_goes_with_the_entry_that_was_deleted():
    old = "- id: a\n  # on a\n  name: A\n- id: b  # on b\n"
    assert merged(old, "- id: b\n", Person) == "- id: b  # on b\n"


def test_comments_that_the_other_program_kept_are_there_once():
    assert merged("id: x  # one\ntitle: A\n", "title: A\n# one\nid: x  # two\n") == "# two\nid: x  # one\ntitle: A\n"
