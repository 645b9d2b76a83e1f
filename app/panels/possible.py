"""When each action makes sense: what menus, keys and palette offer, and what they show in grey."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.editing.actions import ACTIONS, BY_ID, STAGE_ACTIONS, TOOL_ACTIONS, Menu
from app.editing.tool_keys import ToolKey

if TYPE_CHECKING:
    from app.panels.desk import Desk

_SHOWING = [each.id for each in ACTIONS if each.menu in (Menu.EDIT, Menu.TOOLS, Menu.VIEW)]
_CHARTING = [each.id for each in ACTIONS if each.menu in (Menu.TOOLS, Menu.TREATMENT)]
_STAGES = [each.id for each in STAGE_ACTIONS.values()]


def possible_now(desk: Desk, on_chart: bool) -> dict[str, bool]:
    """Which actions make sense now, by their id. ``on_chart``: whether the chart is in sight."""
    has_session = on_chart and desk.editor.session is not None
    writable = on_chart and desk.editor.writable
    possible = dict.fromkeys(BY_ID, True)
    possible |= dict.fromkeys(_SHOWING, on_chart)
    possible |= dict.fromkeys(_CHARTING, writable)
    possible |= dict.fromkeys(_STAGES, has_session)
    possible |= {
        TOOL_ACTIONS[ToolKey.SELECT].id: on_chart,
        "patient.edit": on_chart,
        "place.by_name": writable,
        "mark.menu": writable,
        "session.new": on_chart,
        "session.sign": writable,
        "session.amend": has_session and desk.signing.is_locked,
        "session.pdf": has_session,
        "export.picture": has_session,
        "reports": desk.reports.patient_id is not None,
        "review.next": False,  # the review itself says where they can be done
        "review.previous": False,
        "picture.add": on_chart,
        "picture.edit": on_chart and desk.pictures.shown is not None,
        "picture.remove": on_chart and desk.pictures.shown is not None,
        "again.all": writable,
        "notice.read": writable,
        "protocols": has_session,
        "protocol.save": has_session,
        # of a signed session it says why there is none
        "undo": has_session and (not writable or desk.history.undo_label is not None),
        "redo": writable and desk.history.redo_label is not None,
        "remove": writable and not desk.editor.selection.is_empty,
        "select.all": has_session,
        "screening.affirm": writable and desk.editor.papers.can_affirm,
        "events.none": writable,
    }
    return possible
