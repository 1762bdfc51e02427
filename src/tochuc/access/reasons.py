"""The sentences behind *Vì sao tôi xem được hồ sơ này?*."""

from __future__ import annotations

from tochuc.access.policy import ALL, BELOW, SELF, Rule
from tochuc.access.roles import ROLES
from tochuc.access.viewer import Viewer


def sentence(viewer: Viewer, rule: Rule) -> str:
    """One rule that lets this viewer in, in words."""
    if rule.reach == SELF:
        return "Đây là hồ sơ của chính đồng chí."
    places = ", ".join(a.organisation.name for a in viewer.assignments if a.role == rule.role)
    role = ROLES[rule.role]
    if rule.reach == ALL:
        return f"Đồng chí là {role} ({places}); nội dung này dùng chung cho mọi tổ chức."
    if rule.reach == BELOW:
        return f"Đồng chí là {role}; hồ sơ thuộc {places} hoặc tổ chức trực thuộc."
    return f"Đồng chí là {role}; hồ sơ thuộc {places}."
