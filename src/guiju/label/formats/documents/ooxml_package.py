"""The parts of an Office Open XML package that say where its properties stand (ECMA-376 part 2)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from xml.sax.saxutils import escape

from guiju.label.errors import DamagedError, RefusedError
from guiju.label.formats.documents.xml_places import Element, Part, parsed
from guiju.label.formats.documents.zip_archive import Directory, Member, directory, read_member
from guiju.label.source import Source

CONTENT_TYPES = "[Content_Types].xml"
RELATIONSHIPS = "_rels/.rels"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_CUSTOM = {f"{_OFFICE}/custom-properties", f"{_STRICT}/customProperties"}
_CORE = {
    "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
    f"{_STRICT}/metadata/core-properties",
}
_MAIN = {f"{_OFFICE}/officeDocument", f"{_STRICT}/officeDocument"}
_VISIO = "http://schemas.microsoft.com/visio/2010/relationships/document"
_CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_RELATIONSHIPS_SPACE = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES_SPACE = "http://schemas.openxmlformats.org/package/2006/content-types"


@dataclass(frozen=True)
class Related:
    """The name of a part, and whether the package's relationships lead to it."""

    name: str
    is_linked: bool


class Package:
    """A package that is open for reading single parts; names are compared without regard to letter case."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.archive: Directory = directory(source)
        self._members: dict[str, list[Member]] = {}
        for member in self.archive.members:
            self._members.setdefault(_plain(member.name), []).append(member)

    def names(self) -> tuple[str, ...]:
        """Return the names of all entries, in lower case."""
        return tuple(self._members)

    def member(self, name: str) -> Member | None:
        """Return the entry of a part, None if there is none; raises DamagedError if there are several."""
        members = self._members.get(_plain(name), [])
        if len(members) > 1:
            raise DamagedError.because(
                f"{name} 出现 {len(members)} 次", f"{name} stands {len(members)} times in the ZIP"
            )
        return members[0] if members else None

    def part(self, name: str) -> Part | None:
        """Return a part as XML, None if it is not there; raises as `read_member` and `parsed`."""
        member = self.member(name)
        if member is None:
            return None
        return parsed(read_member(self.source, member), name, self.source.limits.depth)

    def needed(self, name: str) -> Part:
        """Return a part without which this is no package; raises DamagedError if it is not there."""
        part = self.part(name)
        if part is None:
            raise DamagedError.because(f"缺少 {name}", f"{name} is missing")
        return part

    @cached_property
    def relationships(self) -> Part:
        """The relationships of the package."""
        return self.needed(RELATIONSHIPS)

    @property
    def is_document(self) -> bool:
        """Tell whether this is a document of an office program, and not another kind of package."""
        return any(one.attributes.get("Type") in _MAIN | {_VISIO} for one in self._links())

    @property
    def is_strict(self) -> bool:
        """Tell whether the document uses the strict namespaces (ISO/IEC 29500 part 1)."""
        return any(one.attributes.get("Type") == f"{_STRICT}/officeDocument" for one in self._links())

    def custom(self) -> Related:
        """Return where the custom properties stand or will stand."""
        return self._related(_CUSTOM, "docProps/custom.xml")

    def core(self) -> Related:
        """Return where the core properties stand or would stand."""
        return self._related(_CORE, "docProps/core.xml")

    def _links(self) -> list[Element]:
        return list(self.relationships.root.named("Relationship"))

    def _related(self, types: set[str], usual: str) -> Related:
        links = [one for one in self._links() if one.attributes.get("Type") in types]
        if not links:
            return Related(usual, is_linked=False)
        if len(links) > 1 or links[0].attributes.get("TargetMode") == "External":
            raise DamagedError.because(
                f"{RELATIONSHIPS} 中同类属性部件不止一个或在包外",
                f"{RELATIONSHIPS} names several parts for the same properties, or one outside",
            )
        return Related(_resolved(links[0].attributes.get("Target", "")), is_linked=True)

    def linked(self, part: Part, name: str) -> bytes:
        """Return the relationships with one more, to the custom properties."""
        used = {one.attributes.get("Id", "").lower() for one in part.root.named("Relationship")}
        number = next(number for number in range(1, len(used) + 2) if f"rid{number}" not in used)
        kind = f"{_STRICT}/customProperties" if self.is_strict else f"{_OFFICE}/custom-properties"
        space = b"" if _is_default(part, _RELATIONSHIPS_SPACE) else f' xmlns="{_RELATIONSHIPS_SPACE}"'.encode()
        target = escape(name, {'"': "&quot;"})
        new = f' Id="rId{number}" Type="{kind}" Target="{target}"/>'.encode()
        return part.edited([part.appended(part.root, b"<Relationship" + space + new)])

    def typed(self, part: Part, name: str) -> bytes | None:
        """Return the content types with the custom properties among them, None if they are there already."""
        for one in part.root.named("Override"):
            if _plain(one.attributes.get("PartName", "")) == _plain(name):
                if one.attributes.get("ContentType") == _CUSTOM_TYPE:
                    return None
                raise RefusedError.because(
                    "custom_type",
                    f"{CONTENT_TYPES} 给 {name} 登记了别的类型",
                    f"{CONTENT_TYPES} gives {name} another type than custom properties",
                )
        space = b"" if _is_default(part, _TYPES_SPACE) else f' xmlns="{_TYPES_SPACE}"'.encode()
        path = escape(name, {'"': "&quot;"})
        new = f' PartName="/{path}" ContentType="{_CUSTOM_TYPE}"/>'.encode()
        return part.edited([part.appended(part.root, b"<Override" + space + new)])


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _resolved(target: str) -> str:
    """Return the name of the part that a relationship of the package itself points to."""
    steps: list[str] = []
    for step in target.replace("\\", "/").split("/"):
        if step == "..":
            steps = steps[:-1]
        elif step not in {"", "."}:
            steps.append(step)
    return "/".join(steps)


def _is_default(part: Part, space: str) -> bool:
    """Tell whether an element without prefix at the end of the root belongs to this namespace."""
    tag = part.text[part.root.start : part.root.inside]
    return part.root.space == space and b":" not in tag.split(None, 1)[0]
