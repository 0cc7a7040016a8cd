"""From what is to be told to the words of a message, by templates that users can replace."""

from monitor.render.renderer import TemplateRenderer
from monitor.render.samples import check_templates

__all__ = ["TemplateRenderer", "check_templates"]
