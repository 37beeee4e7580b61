"""Small mistakes that could be made in a file: each replaces one piece of its text, all else stays byte for byte."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

Piece = TypeVar("Piece")

COMPARED: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
COMPUTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}


@dataclass(frozen=True, slots=True)
class Mutant:
    """One mistake: the bytes from ``start`` to ``end`` of ``file`` replaced by ``new``. ``line`` counts from 1,
    ``text`` is what is written on it."""

    file: str
    line: int
    text: str
    start: int
    end: int
    old: str
    new: str

    @property
    def change(self) -> str:
        """What differs, on one line: ``a < b -> a <= b``."""
        return f"{_short(self.old)} -> {_short(self.new) or 'nothing'}"

    @property
    def lines(self) -> range:
        return range(self.line, self.line + self.old.count("\n") + 1)

    def applied(self, source: bytes) -> bytes:
        return source[: self.start] + self.new.encode() + source[self.end :]

    def compiles(self, source: bytes) -> bool:
        try:
            compile(self.applied(source), self.file, "exec")
        except (SyntaxError, ValueError):
            return False
        return True


def _short(text: str) -> str:
    return " ".join(text.split())[:120]


def mutants(file: str, source: bytes) -> list[Mutant]:
    """Every mistake that is known how to make in a file, in the order of its text."""
    starts = [0]
    text = [line.strip() for line in source.decode().splitlines()]
    for line in source.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))

    def offset(line: int, column: int) -> int:
        return starts[line - 1] + column

    made = set()
    for node, new in _changes(_product(ast.parse(source)), at_top=True):
        start = offset(node.lineno, node.col_offset)
        end = offset(node.end_lineno or node.lineno, node.end_col_offset or 0)
        old = source[start:end].decode()
        made.add(Mutant(file, node.lineno, text[node.lineno - 1], start, end, old, new))
    return sorted(made, key=lambda mutant: (mutant.start, mutant.end, mutant.new))


def _product(tree: ast.Module) -> ast.Module:
    """A file without its records of checks, and what their examples are made of: these are tests."""
    records = any(isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "CHECKS" for node in tree.body)
    last = max((at for at, node in enumerate(tree.body) if isinstance(node, ast.FunctionDef)), default=-1)
    return ast.Module(tree.body[: last + 1], []) if records else tree


def _changes(node: ast.AST, at_top: bool) -> Iterator[tuple[ast.expr | ast.stmt, str]]:
    """Nodes, each with what may stand there instead. ``at_top``: the code runs when the module is loaded."""
    if isinstance(node, ast.expr | ast.stmt):
        for new in (*_of_expression(node, at_top), *_of_statement(node)):
            yield node, new
    if isinstance(node, ast.If | ast.While):
        yield node.test, _text(ast.UnaryOp(ast.Not(), node.test))
    for name, value in ast.iter_fields(node):
        # types and decorators do nothing at run time that a test could see
        if name in ("annotation", "returns", "decorator_list", "type_params", "format_spec"):
            continue
        below = at_top and not isinstance(node, ast.FunctionDef | ast.Lambda)
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not _is_left(node, child):
                yield from _changes(child, below)


def _is_left(parent: ast.AST, child: ast.AST) -> bool:
    if isinstance(child, ast.Import | ast.ImportFrom):
        return True
    if isinstance(child, ast.JoinedStr):  # words that people read; before Python 3.12 its parts have no right place
        return True
    if isinstance(parent, ast.Subscript) and isinstance(child, ast.Tuple):  # a type
        return True
    return isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)  # a docstring


def _of_expression(node: ast.AST, at_top: bool) -> Iterator[str]:
    match node:
        case ast.Compare(left, ops, rights):
            for number, op in enumerate(ops):
                for other in COMPARED[type(op)]:
                    yield _text(ast.Compare(left, [*ops[:number], other(), *ops[number + 1 :]], rights))
        case ast.BinOp(left, op, right) if type(op) in COMPUTED and not _is_text(left):
            yield _text(ast.BinOp(left, COMPUTED[type(op)](), right))
        case ast.BoolOp(op, values):
            yield _text(ast.BoolOp(ast.Or() if isinstance(op, ast.And) else ast.And(), values))
            for fewer in _without_one(values):
                yield _text(ast.BoolOp(op, list(fewer)) if len(fewer) > 1 else fewer[0])
        case ast.UnaryOp(ast.Not() | ast.USub(), operand):
            yield _text(operand)
        case ast.IfExp(test, body, orelse):
            yield _text(ast.IfExp(ast.UnaryOp(ast.Not(), test), body, orelse))
        case ast.Tuple(elts, ast.Load()) | ast.List(elts, ast.Load()) | ast.Set(elts) if len(elts) > 1:
            kind = {ast.Tuple: "({},)", ast.List: "[{}]", ast.Set: "{{{}}}"}[type(node)]
            for fewer in _without_one(elts):
                yield kind.format(", ".join(map(ast.unparse, fewer)))
        case ast.Dict(keys, values) if len(keys) > 1:
            for pairs in _without_one(list(zip(keys, values, strict=True))):
                yield _text(ast.Dict([key for key, _ in pairs], [value for _, value in pairs]))
        case ast.Call(func, args, keywords):
            for index, keyword in enumerate(keywords):
                if keyword.arg == "strict":  # of zip: says only that the lengths are known to be the same
                    continue
                yield _text(ast.Call(func, args, keywords[:index] + keywords[index + 1 :]))
            if ast.unparse(func).startswith("re.") and args and isinstance(args[0], ast.Constant):
                for pattern in _regexes(args[0]):
                    yield _text(ast.Call(func, [ast.Constant(pattern), *args[1:]], keywords))
        case ast.ListComp() | ast.SetComp() | ast.GeneratorExp() | ast.DictComp():
            yield from _without_conditions(node)
        case ast.Constant(bool() as value):
            yield str(not value)
        case ast.Constant(int() | float() as value):
            yield from map(repr, sorted({value + 1, value - 1, -value} - {value}))
        case ast.Constant(str() as value) if at_top and value and value.count(" ") < 3:  # more is prose
            yield from map(repr, [f"{value}~"] if re.search("[A-Za-z0-9]", value) else [value[1:], value[:-1]])


def _text(node: ast.expr) -> str:
    """In parentheses, so that it may stand anywhere."""
    return f"({ast.unparse(node)})"


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def _without_one(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    for index in range(len(pieces)):
        yield [*pieces[:index], *pieces[index + 1 :]]


def _without_conditions(node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp) -> Iterator[str]:
    for loop in node.generators:
        for condition in list(loop.ifs):
            place = loop.ifs.index(condition)
            loop.ifs.remove(condition)
            yield _text(node)
            loop.ifs.insert(place, condition)


def _regexes(pattern: ast.Constant) -> Iterator[str]:
    """The pattern without one of its alternatives, anchors or options."""
    text = str(pattern.value)
    bars = [found.start() for found in re.finditer(r"(?<!\\)\|", text)]
    edges = [found.start() for found in re.finditer(r"(?<!\\)(?:\((?:\?(?:P<\w+>|[:=!]|<[=!]))?|\))", text)]
    for start, end in pairwise(sorted({0, len(text), *bars, *edges})):
        if text[start] == "|":
            yield text[:start] + text[end:]
    for found in re.finditer(r"\\b|\^|\$|(?<![(\\])\?(?![:=!<P])", text):
        yield text[: found.start()] + text[found.end() :]


def _of_statement(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Return(value) if value and not (isinstance(value, ast.Constant) and not value.value):
            yield "return None"
        case ast.Expr() | ast.AugAssign() | ast.Continue() | ast.Break() | ast.Raise() | ast.Delete():
            yield "pass"
