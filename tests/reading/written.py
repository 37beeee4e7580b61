"""Small tagged PDFs, written object by object: as other programs make them, damaged, or made to do harm."""

from __future__ import annotations

from collections.abc import Mapping

FONT = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"


def pdf(objects: Mapping[int, str | bytes], catalog: str = "", tree: str = "") -> bytes:
    """A file with these objects from number 10, a catalog (1), one page (3) with the content in object 10 and the
    resources in 11, and the root of its tags (5) with the keys in ``tree``; none where that is empty."""
    tags = "/StructTreeRoot 5 0 R /MarkInfo << /Marked true >>" if tree else ""
    whole: dict[int, str | bytes] = {
        1: f"<< /Type /Catalog /Pages 2 0 R /Lang (en) {tags} {catalog} >>",
        2: "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 10 0 R /Resources 11 0 R >>",
        4: FONT,
        5: f"<< /Type /StructTreeRoot {tree} >>",
        11: "<< /Font << /F1 4 0 R >> >>",
        **objects,
    }
    data, places = bytearray(b"%PDF-1.7\n"), dict[int, int]()
    for number, item in sorted(whole.items()):
        places[number] = len(data)
        data += b"%d 0 obj\n" % number + (item.encode() if isinstance(item, str) else item) + b"\nendobj\n"
    start = len(data)
    data += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        data += b"%d 1\n%010d 00000 n \n" % (number, place)
    return bytes(data) + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (max(whole) + 1, start)


def stream(content: str | bytes, keys: str = "") -> bytes:
    """A stream with this content."""
    data = content.encode("latin-1") if isinstance(content, str) else content
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (keys.encode(), len(data), data)


def marked(*texts: str) -> str:
    """Content with a marked sequence for each text, numbered from 0."""
    return "\n".join(f"/P << /MCID {number} >> BDC BT /F1 9 Tf ({text}) Tj ET EMC" for number, text in enumerate(texts))


def often(item: str, times: int = 600) -> dict[int, str | bytes]:
    """Objects of which each of ``times`` tags, kids of object 20, has all of the same long array, under the key
    ``item``."""
    found: dict[int, str | bytes] = {10: stream(""), 21: "[" + "<< /O /Table /Scope /Row >> " * 1000 + "]"}
    tags = range(30, 30 + times)
    found |= dict.fromkeys(tags, f"<< /S /P /{item} 21 0 R >>")
    return found | {20: f"<< /S /Sect /K [{' '.join(f'{number} 0 R' for number in tags)}] >>"}
