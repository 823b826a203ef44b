"""The components that pages are made of: typed values that render themselves with a template of this app.

In a template, ``{{ component }}`` shows it; in a table cell or a summary row a component stands where a text would.
"""

from guiju.portal.look.components.base import Component, Label, said
from guiju.portal.look.components.charts import Bar, Chart
from guiju.portal.look.components.controls import Button, Htmx
from guiju.portal.look.components.fields import (
    ChoiceField,
    DateField,
    Field,
    FileField,
    NumberField,
    Option,
    SetField,
    TextField,
)
from guiju.portal.look.components.filters import FilterChip, FilterPanel
from guiju.portal.look.components.journeys import Act, Link, Step, Stepper, Timeline
from guiju.portal.look.components.messages import ErrorSummary, Mistake, Notification
from guiju.portal.look.components.provisions import ProvisionLink, cite
from guiju.portal.look.components.repeated import RepeatedField
from guiju.portal.look.components.shell import Crumb, Face, NavigationItem, Shell
from guiju.portal.look.components.states import ClockBadge, Tag
from guiju.portal.look.components.tables import Column, Pagination, Row, SummaryList, SummaryRow, Table

__all__ = [
    "Act",
    "Bar",
    "Button",
    "Chart",
    "ChoiceField",
    "ClockBadge",
    "Column",
    "Component",
    "Crumb",
    "DateField",
    "ErrorSummary",
    "Face",
    "Field",
    "FileField",
    "FilterChip",
    "FilterPanel",
    "Htmx",
    "Label",
    "Link",
    "Mistake",
    "NavigationItem",
    "Notification",
    "NumberField",
    "Option",
    "Pagination",
    "ProvisionLink",
    "RepeatedField",
    "Row",
    "SetField",
    "Shell",
    "Step",
    "Stepper",
    "SummaryList",
    "SummaryRow",
    "Table",
    "Tag",
    "TextField",
    "Timeline",
    "cite",
    "said",
]
