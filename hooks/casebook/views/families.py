"""Every family of pages, in the order in which they are built."""

from __future__ import annotations

from casebook.views.arc import arc_specs
from casebook.views.builder import builder_specs
from casebook.views.case import case_specs
from casebook.views.changes import changes_specs
from casebook.views.claims import claims_specs
from casebook.views.collections import case_index_specs, quotes_specs, timeline_specs
from casebook.views.contested import contested_specs
from casebook.views.data import data_specs
from casebook.views.entities import entity_specs
from casebook.views.fields import field_specs
from casebook.views.guides import guide_specs
from casebook.views.home import home_specs
from casebook.views.lessons import lesson_specs
from casebook.views.problem_codes import problem_specs
from casebook.views.readings import reading_specs
from casebook.views.redirects import redirect_specs, retired_specs
from casebook.views.sources import source_specs
from casebook.views.teach import teach_specs
from casebook.views.two_parts import two_parts_specs

PAGE_FAMILIES = (
    home_specs, case_index_specs, case_specs, teach_specs, two_parts_specs, builder_specs, changes_specs, timeline_specs, arc_specs,
    quotes_specs, claims_specs, contested_specs, lesson_specs, entity_specs, source_specs, reading_specs, guide_specs, field_specs,
    problem_specs, data_specs, redirect_specs, retired_specs,
)  # fmt: skip
