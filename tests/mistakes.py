"""Single mistakes as editors make them, each an edit to a real casefile, registry or reading list.

`old` stands once in the file, after `after` where it stands more often; `new` takes its place, with ▲ just before the
character at which the mistake is to be reported. `hint` are words of what the editor is told to do.
"""

from __future__ import annotations

from typing import NamedTuple


class Mistake(NamedTuple):
    """One edit, and what is to be said about it."""

    sort: str
    file: str
    """Below `casefiles/`, without its ending."""
    old: str
    new: str
    code: str
    hint: str
    after: str = ""


JACKET = "cases/work-jacket"
PEOPLE = "registry/people"
ORGANISATIONS = "registry/organisations"
SOURCES = "registry/sources"
SEMINAR = "readings/founder-as-brand-seminar"

MISTAKES = [
    # Writing YAML
    Mistake(
        "colon in a plain text", JACKET, "title: The work jacket", "title: The jacket▲: a story", "CB005", "in quotes"
    ),
    Mistake(
        "quotation mark that is not closed",
        JACKET,
        'occurred: "2024-03~/2024-04-18"',
        'occurred: ▲"2024-03~/2024-04-18\npublished: "2026',
        "CB005",
        "quot",
        "",
    ),
    Mistake(
        "tab for indentation",
        JACKET,
        "  - who: radii\n    role:",
        "  - who: radii\n▲\trole:",
        "CB005",
        "spaces, not tabs",
    ),
    Mistake("missing colon", JACKET, "status: published", "▲status published", "CB005", "name: value"),
    Mistake(
        "field indented too far", JACKET, "    unit: jackets", "     ▲unit: jackets", "CB005", "below the first letter"
    ),
    Mistake("list item out of line", JACKET, "  - who: xiaomi\n", " ▲- who: xiaomi\n", "CB005", "indentation"),
    Mistake(
        "bracket that is not closed",
        JACKET,
        "    actors: [steve-jobs, issey-miyake, sony]\n    cites",
        "    actors: ▲[steve-jobs, issey-miyake, sony\n    cites",
        "CB005",
        "bracket",
    ),
    Mistake(
        "dash without a blank",
        JACKET,
        "  - who: lei-jun\n    role: wearer",
        "  ▲-who: lei-jun\n    role: wearer",
        "CB005",
        "dash",
    ),
    Mistake(
        "key that stands twice",
        JACKET,
        "status: published\n",
        "status: published\n▲status: draft\n",
        "CB007",
        "keep one",
    ),
    Mistake("anchor", JACKET, "themes: [founder", "themes: ▲&topics [founder", "CB008", "write the value out"),
    Mistake("tag", JACKET, "schema_version: 1", "schema_version: ▲!!int 1", "CB010", "delete it"),
    Mistake("second document", JACKET, "\nquotes:\n", "\n▲---\nquotes:\n", "CB006", "delete the ---"),
    Mistake(
        "invisible character that turns the text round",
        JACKET,
        "title: The work jacket",
        "title: The ▲\u202ework jacket",
        "CB004",
        "delete it",
    ),
    # Fields
    Mistake("misspelt field", JACKET, "dek: >-", "▲deck: >-", "CB102", '"dek"'),
    Mistake("field in the singular", JACKET, "\nquotes:\n", "\n▲quote:\n", "CB102", '"quotes"'),
    Mistake("field in capitals", JACKET, "\nevents:\n", "\n▲Events:\n", "CB102", '"events"'),
    Mistake(
        "field with a hyphen for its underscore", JACKET, "key_figures:", "▲key-figures:", "CB102", '"key_figures"'
    ),
    Mistake("letters that changed places in a short field", JACKET, "dek: >-", "▲dke: >-", "CB102", '"dek"'),
    Mistake(
        "field of another list",
        JACKET,
        "    label: the edition, by RADII's account alone",
        "    label: the edition, by RADII's account alone\n    ▲cites: [radii-work-jacket]",
        "CB102",
        "value, unit",
    ),
    Mistake(
        "comma that splits a text",
        JACKET,
        "      - value: 800 jackets\n        source: radii-work-jacket\n        note: No second source was found.",
        "      - {value: 800 jackets, ▲or so: x, source: radii-work-jacket}",
        "CB102",
        "quotes",
    ),
    Mistake(
        "required field left out",
        JACKET,
        "  - who: sony\n    role: where the idea of a uniform came from\n",
        "  - ▲who: sony\n",
        "CB101",
        'add "role:"',
    ),
    Mistake(
        "required field of an entry left out",
        ORGANISATIONS,
        "- id: redmi\n  name: Redmi\n",
        "- ▲id: redmi\n",
        "CB101",
        'add "name:"',
    ),
    Mistake(
        "empty field",
        JACKET,
        "    venue: livestream\n    source: lujuba-livestream-clothes\n    note: >-\n      The sentence",
        "    venue:▲\n    source: lujuba-livestream-clothes\n    note: >-\n      The sentence",
        "CB104",
        "delete the line",
    ),
    Mistake(
        "text for a list",
        JACKET,
        "themes: [founder-as-brand, scarcity, icons-and-imitation, labour-as-image, promise-and-proof]",
        "themes: ▲founder-as-brand",
        "CB103",
        '"- "',
    ),
    Mistake("list for a text", JACKET, "title: The work jacket", "title: ▲[The work jacket]", "CB103", "text"),
    Mistake("fields for a text", JACKET, "title: The work jacket", "title:\n  ▲The: jacket", "CB103", "quotes"),
    Mistake("too many sentences", JACKET, "glance:\n", "glance:\n  ▲- One sentence more.\n", "CB105", "shorten"),
    Mistake(
        "list without entries",
        JACKET,
        "evidence: [jacket-on-sale, edition-of-800]",
        "evidence: ▲[]",
        "CB104",
        "give it a value",
    ),
    Mistake(
        "title too long for the arc",
        JACKET,
        "on_arc: A suit instead of jeans",
        "on_arc: ▲A suit instead of jeans, and of everything else he wore",
        "CB105",
        "shorten",
    ),
    Mistake("misspelt choice", JACKET, "status: published", "status: ▲publshed", "CB106", '"published"'),
    Mistake(
        "words of a choice in another order", JACKET, "status: missed", "status: ▲kept partly", "CB106", '"partly-kept"'
    ),
    Mistake("choice in capitals", JACKET, "kind: visionary", "kind: ▲Visionary", "CB106", '"visionary"'),
    Mistake(
        "choice that there is not", JACKET, "relation: contrast", "relation: ▲opposite", "CB106", "precedent, sequel"
    ),
    Mistake(
        "number with a comma",
        JACKET,
        "value: 88898\n    unit: orders",
        "value: ▲88,898\n    unit: orders",
        "CB107",
        "digits only",
    ),
    Mistake("number with its unit", JACKET, "value: 299\n", "value: ▲299 yuan\n", "CB107", "digits only"),
    Mistake(
        "minutes in words",
        JACKET,
        "    - minutes: 4\n      activity: >-",
        "    - minutes: ▲four\n      activity: >-",
        "CB107",
        "digits only",
    ),
    Mistake("day that there is not", JACKET, 'as_of: "2024-04-30"', 'as_of: "2024-04-▲31"', "CB108", '"2024-11-13"'),
    Mistake("date in another order", JACKET, 'as_of: "2024-03-29"', 'as_of: "29▲.03.2024"', "CB108", '"2024-11-13"'),
    Mistake("month in words", JACKET, 'date: "2011-08"', "date: ▲August 2011", "CB108", '"2011-08"'),
    Mistake("truth value for a title", JACKET, "on_arc: He denies copying Musk", "on_arc: ▲true", "CB115", "schema"),
    Mistake(
        "language by its name",
        JACKET,
        "    exact: a little expensive\n    lang: en",
        "    exact: a little expensive\n    lang: ▲English",
        "CB111",
        "zh-Hans",
    ),
    Mistake(
        "address without https",
        SOURCES,
        'URL: "https://radii.co/article/xiaomi',
        'URL: ▲"radii.co/article/xiaomi',
        "CB112",
        "https://",
        "- id: radii-work-jacket",
    ),
    Mistake(
        "digest cut short",
        SOURCES,
        'sha256: "72dadd78ec2c2f9b2ac11c21e9ccfdb0104aaa27a6c8ee8417284e72e5ec37f3"',
        'sha256: ▲"72dadd78ec2c"',
        "CB113",
        "64",
    ),
    Mistake(
        "author with two kinds of name",
        SOURCES,
        "      - literal: She Zongming\n",
        "      - ▲literal: She Zongming\n        family: She\n",
        "CB114",
        "literal",
        "- id: she-own-reputation",
    ),
    Mistake(
        "item that is a case and a source",
        SEMINAR,
        "      - source: npr-miyake-turtleneck\n",
        "      - ▲source: npr-miyake-turtleneck\n        case: floor-nap\n",
        "CB114",
        "keep one",
    ),
    # Ids and references
    Mistake(
        "id that is not the file's name", JACKET, "id: work-jacket\n", "id: ▲work-jackets\n", "CB110", "name the file"
    ),
    Mistake(
        "misspelt id",
        JACKET,
        "  - who: zhou-zhiyu\n    role",
        "  - who: ▲zhou-zhiyou\n    role",
        "CB203",
        '"zhou-zhiyu"',
    ),
    Mistake(
        "letters of an id that changed places",
        JACKET,
        "    published_by: lei-jun",
        "    published_by: ▲lie-jun",
        "CB203",
        '"lei-jun"',
    ),
    Mistake(
        "underscore in an id", JACKET, "    published_by: lei-jun", "    published_by: ▲lei_jun", "CB109", "lei-jun"
    ),
    Mistake("name for an id", JACKET, "    published_by: lei-jun", "    published_by: ▲Lei Jun", "CB109", "lei-jun"),
    Mistake(
        "Chinese name for an id", JACKET, "    published_by: lei-jun", "    published_by: ▲雷军", "CB109", "lei-jun"
    ),
    Mistake("alias for an id", JACKET, "    published_by: lei-jun", "    published_by: ▲雷总", "CB109", "lei-jun"),
    Mistake(
        "id in the wrong registry",
        JACKET,
        "    published_by: lei-jun",
        "    published_by: ▲su7",
        "CB209",
        "person or organisation",
    ),
    Mistake(
        "source that is not registered",
        JACKET,
        "    cites: [zhang-feng-brothers]",
        "    cites: [▲xinhua-report-2011]",
        "CB203",
        "sources.yml",
    ),
    Mistake(
        "misspelt reference in prose",
        JACKET,
        "director from\n      [[kering]]",
        "director from\n      [[▲kerring]]",
        "CB203",
        '"kering"',
    ),
    Mistake(
        "misspelt citation in prose",
        JACKET,
        "anyway. [@etnet-blue-suits] He",
        "anyway. [@▲etnet-blue-suit] He",
        "CB203",
        '"etnet-blue-suits"',
    ),
    Mistake(
        "misspelt event as evidence",
        JACKET,
        "evidence: [own-turtleneck, july-suits,",
        "evidence: [own-turtleneck, ▲july-suit,",
        "CB204",
        '"july-suits"',
    ),
    Mistake(
        "event of another case misspelt",
        JACKET,
        "event: floor-nap#admission",
        "event: ▲floor-nap#admision",
        "CB204",
        '"admission"',
    ),
    Mistake("local id used twice", JACKET, "- id: vancl-pictures", "- id: ▲closer-to-jobs", "CB202", "another id"),
    Mistake(
        "id used by another registry",
        "registry/themes",
        "- id: scarcity\n",
        "- id: ▲su7\n  label: The car\n  definition: How it was shown.\n- id: scarcity\n",
        "CB201",
        "another id",
    ),
    Mistake(
        "question that no case asks",
        SEMINAR,
        "work-jacket#dq-write-a-test",
        "▲work-jacket#dq-write-test",
        "CB204",
        '"dq-write-a-test"',
    ),
    Mistake(
        "misspelt case",
        SEMINAR,
        "      - case: work-jacket\n",
        "      - case: ▲work-jackte\n",
        "CB203",
        '"work-jacket"',
        "sessions:",
    ),
    # Rules
    Mistake(
        "speaker who left the cast",
        JACKET,
        "  - who: steve-jobs\n    role: the comparison, and the uniform that failed\n",
        "",
        "CB301",
        "`cast`",
    ),
    Mistake(
        "history out of order",
        JACKET,
        '      - on: "2024-07-19"\n        status: pending',
        '      - on: ▲"2023-07-19"\n        status: pending',
        "CB302",
        "order",
        "- id: own-turtleneck",
    ),
    Mistake("promise past its day", "cases/silence-and-return", 'due: "2030"', 'due: ▲"2026-01"', "CB304", "look up"),
    Mistake(
        "objective without a question",
        JACKET,
        "      bloom: create\n",
        "      bloom: create\n    - id: ▲o-more\n      text: Compare two launches.\n      bloom: analyse\n",
        "CB305",
        "question",
    ),
    Mistake(
        "confirmed on one source",
        JACKET,
        "    cites: [chinadaily-ev-buzzing]\n  - id: july-suits",
        "    cites: [chinadaily-ev-buzzing]\n    confidence: ▲confirmed\n  - id: july-suits",
        "CB309",
        "second source",
    ),
    Mistake(
        "correction before publication",
        JACKET,
        "\ncast:\n",
        '\ncorrections:\n  - on: ▲"2025-11-23"\n    what: The price.\n    why: It was misread.\ncast:\n',
        "CB308",
        "after publication",
    ),
    Mistake(
        "reply to nobody",
        JACKET,
        "    holder: asiaict\n",
        "    holder: asiaict\n    response_to: ▲radii\n",
        "CB310",
        "same issue",
    ),
    Mistake(
        "translation into its own language",
        JACKET,
        "    translation:\n      lang: en\n      text: If I meant",
        "    translation:\n      lang: ▲zh-Hans\n      text: If I meant",
        "CB311",
        "`lang`",
    ),
    Mistake(
        "case related to itself",
        JACKET,
        "  - case: courage-speech\n",
        "  - case: ▲work-jacket\n",
        "CB312",
        "another case",
    ),
    Mistake(
        "organisation above itself",
        ORGANISATIONS,
        "  parent: xiaomi\n  cites: [etnet-wang-teng]",
        "  parent: ▲redmi\n  cites: [etnet-wang-teng]",
        "CB313",
        "loop",
    ),
    Mistake("sessions out of order", SEMINAR, "  - n: 2\n", "  - n: ▲1\n", "CB314", "upwards"),
    Mistake(
        "person registered twice",
        PEOPLE,
        "- id: lu-weibing\n",
        "- id: jun-lei\n  name: {en: ▲Jun Lei}\n  description: Founder of Xiaomi.\n- id: lu-weibing\n",
        "CB318",
        "aliases",
    ),
    Mistake(
        "source registered twice",
        SOURCES,
        "- id: dao-courage\n",
        '- id: radii-again\n  csl: {type: webpage, language: en, URL: ▲"http://www.radii.co/article/xiaomi-launches-its-first-car-but-the-companys-uniform-steals-the-spotlight/"}\n  short: RADII\n  accessed: "2026-11-22"\n  kind: secondary\n  independence: press\n- id: dao-courage\n',
        "CB319",
        "keep one",
    ),
    Mistake(
        "statement without its source",
        JACKET,
        " [[#edition-of-800|number 800]] cuts",
        " number ▲800 cuts",
        "CB320",
        "[@source-id]",
    ),
    Mistake("misspelt name", JACKET, "title: Jobs sees Sony's", "title: ▲Xaiomi sees Sony's", "CB321", '"Xiaomi"'),
    Mistake(
        "misspelt name of two words",
        JACKET,
        "    text: The car will be a little expensive.",
        "    text: ▲Lei Jung's car will be a little expensive.",
        "CB321",
        '"Lei Jun"',
    ),
    Mistake(
        "position that nothing shows",
        JACKET,
        "      [[kering]] side by side and saw one change of style. The earlier jeans, in this reading, had been\n      a tribute to Jobs. It is an inference from what could be seen; no instruction is claimed.\n    cites: [longport-no-jeans]\n",
        "      [[kering]] side by side.\n",
        "CB322",
        "`cites`",
    ),
    Mistake("due before it was made", JACKET, 'due: "2024-10-24"', 'due: ▲"2023-10-24"', "CB323", "both dates"),
    Mistake(
        "event in the future",
        JACKET,
        'date: "2024-07-19"\n    title: At the annual',
        'date: ▲"2042-07-19"\n    title: At the annual',
        "CB324",
        "date",
    ),
    # Prose and quotes
    Mistake(
        "HTML in prose", JACKET, "Which multiplied which? The", "Which ▲<b>multiplied which? The", "CB401", "Markdown"
    ),
    Mistake(
        "heading in prose",
        JACKET,
        "        There is no control, so",
        "        ▲## Control\n\n        There is no control, so",
        "CB403",
        "section",
    ),
    Mistake(
        "link without https",
        JACKET,
        "There is no control, so",
        "There is [no control](▲example.org), so",
        "CB404",
        "https://",
    ),
    Mistake(
        "citation that cannot be read",
        JACKET,
        "what he had on anyway. [@etnet-blue-suits]",
        "what he had on anyway. ▲[@etnet-blue-suits p. 2]",
        "CB405",
        "[@",
    ),
    Mistake(
        "words of a quotation changed",
        JACKET,
        "exact: a little expensive",
        "exact: ▲a little too expensive",
        "CB501",
        "restore",
    ),
    Mistake(
        "allowance without a reason",
        JACKET,
        "status: published\n",
        "status: published  # allow ▲CB309\n",
        "CB015",
        "why",
    ),
    Mistake(
        "allowance of a code that there is not",
        JACKET,
        "status: published\n",
        "status: published  # allow ▲CB999: x\n",
        "CB014",
        "code",
    ),
    Mistake(
        "allowance that is needed no longer",
        JACKET,
        "status: published\n",
        "status: published  # allow ▲CB309: x\n",
        "CB017",
        "delete",
    ),
]
