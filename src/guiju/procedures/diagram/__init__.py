"""Drawings of a case type, made from its data: Mermaid text, and SVG with a small layout of its own."""

from guiju.procedures.diagram.mermaid import mermaid
from guiju.procedures.diagram.svg import svg

__all__ = ["mermaid", "svg"]
