"""The AIGC property in an XMP packet: every way it is written is read, and nothing else in the packet moves."""

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.label.errors import DamagedError, RefusedError, TooLargeError
from guiju.label.formats import xmp
from tests.label.formats.build_images import LABEL, NAMESPACE, RDF, packet

VALUE = LABEL.bare()
ATTRIBUTE = (
    f"<rdf:Description rdf:about='' xmlns:TC260='{NAMESPACE}' "
    "TC260:AIGC='{&quot;Label&quot;:&quot;1&quot;}' TC260:B='2'/>"
)


def rdf(inner: str, prefix: str = "rdf") -> bytes:
    return f'<{prefix}:RDF xmlns:{prefix}="{RDF}">{inner}</{prefix}:RDF>'.encode()


def test_a_new_packet_is_xml_with_the_property_of_the_guides() -> None:
    new = xmp.merged(None, VALUE)
    found = ET.fromstring(new).find(f"{{{RDF}}}RDF/{{{RDF}}}Description/{{{NAMESPACE}}}AIGC")
    assert found is not None
    assert found.text == VALUE
    assert new.startswith(b'<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?>')


@pytest.mark.parametrize(
    "written",
    [
        f"<rdf:Description xmlns:TC260='{NAMESPACE}'><TC260:AIGC>v</TC260:AIGC></rdf:Description>",
        f"<rdf:Description xmlns:other='{NAMESPACE}'><other:aigc>v</other:aigc></rdf:Description>",
        f"<rdf:Description xmlns:other='{NAMESPACE}' other:Aigc='v'/>",
        f"<rdf:Description><AIGC xmlns='{NAMESPACE}'><![CDATA[v]]></AIGC></rdf:Description>",
        f"<d><t:AIGC xmlns:t='{NAMESPACE}'><rdf:Bag><rdf:li>v</rdf:li></rdf:Bag></t:AIGC></d>",
        "<rdf:Description xmlns:t='https://www.tc260.org.cn/ns/AIGC/1.0'><t:AIGC> v </t:AIGC></rdf:Description>",
    ],
    ids=["element", "lower case", "attribute", "default namespace", "list", "other spelling of the namespace"],
)
def test_every_form_is_read_and_becomes_the_one_label(written: str) -> None:
    old = rdf(written)
    assert xmp.values(old) == ("v",)
    new = xmp.merged(old, VALUE)
    assert xmp.values(new) == (VALUE,)
    assert b"TC260:AIGC" in new
    assert xmp.merged(new, VALUE) == new
    assert xmp.values(xmp.without(old)) == ()


def test_a_property_of_the_same_name_in_another_namespace_is_no_label() -> None:
    assert xmp.values(rdf("<rdf:Description xmlns:t='urn:x' t:AIGC='v'><t:AIGC>v</t:AIGC></rdf:Description>")) == ()


def test_the_value_of_an_existing_property_changes_and_no_other_byte() -> None:
    assert xmp.merged(packet("old"), "new") == packet("new")
    assert xmp.merged(rdf(ATTRIBUTE), "new") == rdf(ATTRIBUTE).replace(b"{&quot;Label&quot;:&quot;1&quot;}", b"new")


def test_other_properties_of_the_namespace_stay() -> None:
    assert b"TC260:B='2'" in xmp.merged(rdf(ATTRIBUTE), VALUE)
    assert b"TC260:B='2'" in xmp.without(rdf(ATTRIBUTE))


def test_several_properties_become_one() -> None:
    old = rdf(
        ATTRIBUTE + f"<rdf:Description xmlns:t='{NAMESPACE}'><t:aigc>b</t:aigc><t:AIGC>c</t:AIGC></rdf:Description>"
    )
    assert len(xmp.values(old)) == 3
    assert xmp.values(xmp.merged(old, VALUE)) == (VALUE,)


@given(
    st.text(st.characters(categories=["L", "N", "P", "S", "Zs"], exclude_characters="<>&\"'")),
    st.text("abc_:-", max_size=20),
)
def test_a_label_is_inserted_and_every_other_byte_kept(title: str, about: str) -> None:
    old = packet(inner=f"<dc:description>{title}</dc:description><!-- {title.replace('-', '')} -->", about=about)
    new = xmp.merged(old, VALUE)
    end = old.index(b"</rdf:RDF>")
    inserted = len(new) - len(old)
    assert new[:end] + new[end + inserted :] == old
    assert f'rdf:about="{about}"'.encode() in new[end : end + inserted]
    assert xmp.values(new) == (VALUE,)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("start", ["", "\ufeff", '<?xml version="1.0" encoding="UTF-16"?>'])
def test_the_encoding_of_the_packet_stays(encoding: str, start: str) -> None:
    old = (start + packet().decode()).encode(encoding)
    new = xmp.merged(old, VALUE)
    assert xmp.values(new) == (VALUE,)
    assert new.decode(encoding).startswith(start + "<?xpacket")
    assert xmp.merged(new, VALUE) == new


@pytest.mark.parametrize("around", [(b"", b"\x00\x00"), (b"\xef\xbb\xbf", b""), (b"\n ", b"\n \x00")])
def test_bytes_around_the_packet_stay(around: tuple[bytes, bytes]) -> None:
    before, behind = around
    new = xmp.merged(before + packet() + behind, VALUE)
    assert new == before + xmp.merged(packet(), VALUE) + behind


@pytest.mark.parametrize(
    "old", [f'<r:RDF xmlns:r="{RDF}"/>', f'<RDF xmlns="{RDF}"></RDF>', f'<r:RDF xmlns:r="{RDF}" />']
)
def test_an_empty_rdf_under_any_prefix_takes_the_label(old: str) -> None:
    new = xmp.merged(old.encode(), VALUE)
    assert ET.fromstring(new).findtext(f"{{{RDF}}}Description/{{{NAMESPACE}}}AIGC") == VALUE


def test_an_empty_packet_holds_nothing_and_becomes_a_new_one() -> None:
    assert xmp.values(b"\x00\x00 ") == ()
    assert xmp.merged(b"", VALUE) == xmp.merged(None, VALUE)


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        (b"<!DOCTYPE a><a/>", "the XMP declares a document type or entities"),
        (b'<!DOCTYPE a [<!ENTITY b "cc">]><a>&b;</a>', "the XMP declares a document type or entities"),
        (b'<!DOCTYPE a SYSTEM "file:///etc/hostname"><a/>', "the XMP declares a document type or entities"),
        (b"<a>&b;</a>", "the XMP is not well-formed XML (1:3: undefined entity)"),
        (b"<a", "the XMP is not well-formed XML (1:0: unclosed token)"),
        (b'<a b:c=""/>', "the XMP is not well-formed XML (1:0: unbound prefix)"),
        (b"<a>\xff</a>", "the XMP is not utf-8 text"),
        ("<a>".encode("utf-16-le") + b"\x00", "the XMP is not utf-16-le text"),
    ],
)
def test_what_is_no_xmp_is_damaged(bad: bytes, message: str) -> None:
    for act in (xmp.values, xmp.without, lambda old: xmp.merged(old, VALUE)):
        with pytest.raises(DamagedError) as caught:
            act(bad)
        assert caught.value.text("en") == f"the file is damaged: {message}"


@pytest.mark.parametrize(
    ("bomb", "message"),
    [
        (b"<a>" * 65, "nested too deeply"),
        (b"<a>" + b"<b/>" * 200_000 + b"</a>", "too many tags or attributes"),
        (b"<a" + b"".join(b" b%d=''" % number for number in range(100_001)) + b"/>", "too many tags or attributes"),
    ],
    ids=["depth", "elements", "attributes"],
)
def test_endless_structures_are_too_large(bomb: bytes, message: str) -> None:
    with pytest.raises(TooLargeError, match=message):
        xmp.values(bomb)


def test_many_packets_together_are_too_large() -> None:
    some = b"<a>" + b"<b/>" * 60_000 + b"</a>"
    assert xmp.bounded([some, some]) == [some, some]
    with pytest.raises(TooLargeError, match="too many tags or attributes"):
        xmp.bounded([some] * 4)


def test_xml_without_rdf_is_refused() -> None:
    with pytest.raises(RefusedError) as caught:
        xmp.merged(b"<x:xmpmeta xmlns:x='adobe:ns:meta/'/>", VALUE)
    assert caught.value.code == "xmp_without_rdf"
    assert caught.value.text("en") == "the XMP there has no rdf:RDF to merge the label into"
    assert caught.value.text("zh") == "已有的 XMP 中没有 rdf:RDF，无法并入标识"


@pytest.mark.parametrize(("where", "remote"), [("https://host.example/m.c2pa", True), ("self#jumbf=/c2pa/x", False)])
def test_a_manifest_elsewhere_is_noticed(where: str, remote: bool) -> None:
    old = rdf(f"<rdf:Description xmlns:t='http://purl.org/dc/terms/' t:provenance='{where}'/>")
    assert xmp.names_remote_manifest(old) is remote
    assert not xmp.names_remote_manifest(packet())
