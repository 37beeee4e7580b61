"""The styles of a document's elements, in less time than WeasyPrint takes.

Most elements of a leaflet are met by the same rules as many others: what these give is put together once. And
WeasyPrint's own style sheet has rules for six pseudo-elements of each element (numbers of notes, marks of list items),
of which hardly one is ever printed: their styles are made when something asks for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import inf
from typing import Any

from weasyprint import css
from weasyprint.css.validation import preprocess_declarations

from plainleaf.formats.pdf import again, meeting, releasing

_usual = css.StyleFor.__init__
_ATTRIBUTES = ("style", "lang", "id", "name", "width", "height")  # those that WeasyPrint styles by

Cascaded = dict[str, tuple[Any, Any]]  # values and weight, by property
Rules = tuple[
    tuple[Any, ...], ...
]  # that meet an element: sheet, specificity, order, pseudo-element, declarations, layer


@dataclass(slots=True)
class _Own:
    """What an element's own attributes say: the declarations as they are read, and by property."""

    declarations: tuple[Any, ...] = ()
    cascaded: Cascaded = field(default_factory=dict)


class _Styles(dict[tuple[Any, str | None], Any]):
    """Styles by element and pseudo-element; those in ``later`` are made when they are first asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.later: dict[tuple[Any, str | None], Cascaded] = {}
        self.make: Any = None

    def get(self, key: tuple[Any, str | None], default: Any = None) -> Any:
        if self.later and (cascaded := self.later.pop(key, None)) is not None:
            self.make(*key, cascaded)
        return super().get(key, default)


def styled(
    self: Any, html: Any, sheets: Any, presentational_hints: bool, font_config: Any, target_collector: Any
) -> None:
    """Find the styles of all elements of a document, as ``weasyprint.css.StyleFor`` does."""
    if presentational_hints:
        _usual(self, html, sheets, presentational_hints, font_config, target_collector)
        return
    styles = _Styles()
    self._cascaded_styles, self._computed_styles = {}, styles  # the first one is for pages, later
    self._sheets, self.font_config = sheets, font_config
    self.initial_page_sizes = {"box": None, "area": None}

    def make(element: Any, pseudo_type: str | None, cascaded: Cascaded, parent: Any = None) -> None:
        above = None
        if pseudo_type is not None or element is not root:
            above = styles[element if pseudo_type is not None else parent, None]
        top = styles[root, None] if above is not None else css.InitialStyle(font_config)
        style = styles[element, pseudo_type] = css.ComputedStyle(
            above, cascaded, pseudo_type, top, html.base_url, font_config, self.initial_page_sizes
        )
        if "anchor" not in cascaded:
            style["anchor"] = None  # as it is found to be; a style without any value is taken for none
        elif target_collector and style["anchor"]:
            target_collector.collect_anchor(style["anchor"])

    own, layout, root = _of_attributes(html), again.current(), html.etree_element
    found = layout.read(root) if layout else meeting.Met(())
    known: dict[Any, dict[str | None, Cascaded]] = {}
    shared: dict[Any, Any] = {}
    pseudo: list[tuple[Any, str, Cascaded]] = []
    for wrapper in html.wrapper_element.iter_subtree():
        element, parent = wrapper.etree_element, wrapper.parent.etree_element if wrapper.parent else None
        rules = _rules(wrapper, sheets, found)
        met = tuple((number, specificity, id(given), layer) for number, specificity, _, given, layer in rules)
        attributes = own.get(element)
        types = tuple(rule[2] for rule in rules)
        if attributes:
            cascades = _cascades(rules, sheets, attributes.cascaded)
        elif (cascades := known.get((met, types))) is None:  # type: ignore[assignment]
            cascades = known[met, types] = _cascades(rules, sheets, {})
        same = (id(styles[parent, None]) if wrapper.parent else None, attributes and attributes.declarations, met)
        if same in shared:
            styles[element, None] = shared[same]
        else:
            make(element, None, cascades.get(None, {}), parent)
            shared[same] = styles[element, None]
        pseudo += [(element, kind, cascaded) for kind, cascaded in cascades.items() if kind]
        if layout:
            said = tuple(map(element.get, _ATTRIBUTES))
            above = layout.rules.get(parent)
            layout.rules[element] = layout.numbers.setdefault((above, met, types, said), len(layout.numbers))
    styles.make = make
    releasing.note(styles, target_collector, styles[root, None].root_style)
    if layout:
        layout.begin(styles)
    for element, kind, cascaded in pseudo:
        if "anchor" in cascaded:
            make(element, kind, cascaded)
        else:
            styles.later[element, kind] = cascaded


def _of_attributes(html: Any) -> Mapping[Any, _Own]:
    """What attributes say of their elements: a style, a language, a name to lead to."""
    found: dict[Any, _Own] = {}
    for specificity, element, declarations, base_url in css.find_style_attributes(
        html.etree_element, False, html.base_url
    ):
        own = found.setdefault(element, _Own())
        own.declarations = tuple(declarations)
        _add(own.cascaded, preprocess_declarations(base_url, declarations), "author", inf, specificity)
    return found


def _rules(wrapper: Any, sheets: Iterable[Any], met: meeting.Met) -> list[tuple[Any, ...]]:
    """The rules that meet an element, sheet by sheet."""
    return [
        (number, specificity, pseudo_type, declarations, layer)
        for number, (sheet, _, _) in enumerate(sheets)
        for specificity, _, pseudo_type, (declarations, layer) in met.by(sheet, wrapper)
    ]


def _cascades(rules: Iterable[tuple[Any, ...]], sheets: Any, first: Cascaded) -> dict[str | None, Cascaded]:
    """What such rules give, over what is there ``first``, for the element and its pseudo-elements."""
    found: dict[str | None, Cascaded] = {None: first} if first else {}
    for number, specificity, pseudo_type, declarations, layer in rules:
        sheet, origin, least = sheets[number]
        order = inf if layer is None else sheet.layers.index(layer)
        _add(found.setdefault(pseudo_type, {}), declarations, origin, order, least or specificity)
    return found


def _add(cascaded: Cascaded, declarations: Iterable[Any], origin: str, layer: float, specificity: Any) -> None:
    """Put declarations in where nothing of more weight is."""
    for name, values, importance in declarations:
        weight = (css.declaration_precedence(origin, importance), layer, specificity)
        before = cascaded.get(name)
        if before is None or before[1] <= weight:
            cascaded[name] = values, weight
