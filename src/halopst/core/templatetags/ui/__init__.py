"""The design system as template tags: `{% load ui %}` brings all of them. docs/ui.md lists the signatures."""

from django.template import Library

from halopst.core.templatetags.ui import actions, data, fields, marks, panels

register = Library()
for part in (marks, actions, panels, fields, data):
    register.tags.update(part.library.tags)
