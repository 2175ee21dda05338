"""Templates are documents that only show themselves; what runs, hides or leads away is refused."""

import io
import zlib
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.conf import settings
from weasyprint import HTML

from procedures.file_types import MOST_BYTES, UnsafeFile, check_template

ODT = "application/vnd.oasis.opendocument.text"
CONTENT = (
    '<office:document-content xmlns:office="o" xmlns:xlink="http://www.w3.org/1999/xlink"'
    ' xmlns:text="t" xmlns:draw="d"'
    ' xmlns:script="urn:oasis:names:tc:opendocument:xmlns:script:1.0">'
    "{}</office:document-content>"
)
TYPES = (
    '<Types xmlns="ct"><Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)


def zipped(**parts: str | bytes) -> bytes:
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return file.getvalue()


def odt(body: str = "", **more: str | bytes) -> bytes:
    return zipped(**{"mimetype": ODT, "content.xml": CONTENT.format(body)} | more)


def docx(body: str = "", types: str = TYPES, **more: str | bytes) -> bytes:
    parts = {"[Content_Types].xml": types, "word/document.xml": f'<w xmlns:w="w">{body}</w>'}
    return zipped(**parts | more)


def pdf(extra: bytes = b"") -> bytes:
    return b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog " + extra + b" >>\nendobj\n%%EOF"


def object_stream(inside: bytes, head: bytes = b"/Type /ObjStm /Filter /FlateDecode") -> bytes:
    packed = zlib.compress(inside)
    return b"%PDF-1.7\n2 0 obj\n<< " + head + b" >>\nstream\n" + packed + b"\nendstream\nendobj"


def relation(kind: str, target: str) -> str:
    return (
        f'<Relationships xmlns="r"><Relationship Type="http://x/{kind}" TargetMode="External"'
        f' Target="{target}"/></Relationships>'
    )


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", pdf()),
        ("a.pdf", HTML(string="<p>Wniosek</p>").write_pdf(pdf_forms=True)),
        ("A.PDF", object_stream(b"<< /Type /Page >>")),
        ("a.odt", odt('<text:a xlink:href="https://lodz.pl">x</text:a>')),
        ("a.odt", odt('<draw:image xlink:href="Pictures/1.png"/>')),
        ("a.docx", docx()),
        ("a.docx", docx(**{"word/_rels/d.rels": relation("hyperlink", "https://lodz.pl")})),
        ("a.txt", "Zażółć\tgęślą\r\n".encode()),
        ("a.csv", "imię;nazwisko\n".encode()),
    ],
)
def test_documents_are_taken(name, content):
    assert check_template(name, content)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.exe", b"MZ"),
        ("a.html", b"<script>alert(1)</script>"),
        ("a.svg", b"<svg onload='alert(1)'/>"),
        ("a.docm", docx()),
        ("a", pdf()),
        ("a.pdf", b""),
        ("a.pdf", b"MZ\x90\x00"),
        ("a.pdf", b"GIF89a" + pdf()),
        ("a.pdf", pdf() + b"0" * MOST_BYTES),
        ("a.pdf", pdf(b"/OpenAction << /S /JavaScript /JS (app.alert) >>")),
        ("a.pdf", pdf(b"/OpenAction << /S /#4aava#53cript >>")),
        ("a.pdf", pdf(b"/S /Launch /F (cmd.exe)")),
        ("a.pdf", pdf(b"/Names << /EmbeddedFiles 3 0 R >>")),
        ("a.pdf", pdf(b"/AcroForm << /XFA 4 0 R >>")),
        ("a.pdf", pdf(b"/Encrypt 5 0 R")),
        ("a.pdf", object_stream(b"<< /S /JavaScript /JS (x) >>")),
        ("a.pdf", object_stream(b"<< /S /#4A#53 (x) >>")),
        (
            "a.pdf",
            object_stream(b"x", b"/Type /Obj#53tm /Filter /LZWDecode").replace(b"x\x9c", b"??"),
        ),
        ("a.pdf", object_stream(b"0" * 60_000_000)),
        ("a.odt", b"PK\x03\x04 broken"),
        ("a.odt", zipped(mimetype="text/plain")),
        ("a.odt", odt(**{"Basic/Standard/Module1.xml": "<m/>"})),
        ("a.odt", odt(**{"Scripts/python/x.py": "1"})),
        ("a.odt", odt(**{"Object 1/content.xml": "<o/>"})),
        ("a.odt", odt('<script:event-listener script:event-name="x"/>')),
        ("a.odt", odt('<text:a xlink:href="vnd.sun.star.script:x">x</text:a>')),
        ("a.odt", odt('<text:a xlink:href="file:///etc/passwd">x</text:a>')),
        ("a.odt", odt('<draw:image xlink:href="https://evil.example/p.png"/>')),
        ("a.odt", odt('<draw:image xlink:href="//evil.example/p.png"/>')),
        ("a.odt", odt('<text:section-source xlink:href="../../secret.odt"/>')),
        ("a.odt", odt("<text:dde-connection/>")),
        (
            "a.odt",
            zipped(mimetype=ODT, **{"content.xml": "<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"}),
        ),
        ("a.odt", zipped(mimetype=ODT, **{"content.xml": "<x/>".encode("utf-16")})),
        ("a.odt", odt(**{"big.txt": "0" * (110 * 1024 * 1024)})),
        ("a.odt", odt(**{"../x.xml": "<x/>"})),
        ("a.docx", docx(**{"word/vbaProject.bin": b"x"})),
        ("a.docx", docx(**{"word/embeddings/oleObject1.bin": b"x"})),
        ("a.docx", docx(types=TYPES.replace("document.main", "document.macroEnabled.main"))),
        (
            "a.docx",
            docx(**{"word/_rels/s.rels": relation("attachedTemplate", "https://evil.example")}),
        ),
        ("a.docx", docx(**{"word/_rels/s.rels": relation("image", "https://evil.example/p.png")})),
        ("a.docx", docx(**{"word/_rels/s.rels": relation("hyperlink", "file:///c:/x.exe")})),
        ("a.docx", docx("<w:instrText>DDEAUTO c:\\cmd.exe</w:instrText>")),
        ("a.xlsx", docx()),
        ("a.txt", b"\x00\x01"),
        ("a.txt", b"\xff\xfeb\x00"),
        ("a.txt", "ukryte \u202e odwrotnie".encode()),
    ],
)
def test_what_does_more_than_show_itself_is_refused(name, content):
    with pytest.raises(UnsafeFile):
        check_template(name, content)


def test_a_part_that_cannot_be_unpacked_is_refused():
    content = bytearray(odt("<t:p>Wniosek</t:p>" * 50))
    with ZipFile(io.BytesIO(content)) as archive:
        entry = archive.getinfo("content.xml")
    begin = entry.header_offset + 30 + len(entry.filename)
    content[begin : begin + entry.compress_size] = b"\xff" * entry.compress_size
    with pytest.raises(UnsafeFile):
        check_template("a.odt", bytes(content))


def test_the_templates_of_the_demo_are_taken():
    files = sorted((settings.BASE_DIR / "fixtures" / "procedures" / "templates").iterdir())
    assert files
    for file in files:
        assert check_template(file.name, file.read_bytes())
