"""The roles an account can hold at an organisation, as the policy names them."""

MEMBER = "member"
CELL_SECRETARY = "cell_secretary"
COMMUNE_SECRETARY = "commune_secretary"
ORGANISATION_OFFICER = "organisation_officer"

ROLE_CHOICES = [
    (MEMBER, "Đảng viên"),
    (CELL_SECRETARY, "Bí thư chi bộ"),
    (COMMUNE_SECRETARY, "Bí thư đảng ủy cơ sở"),
    (ORGANISATION_OFFICER, "Cán bộ Ban Tổ chức"),
]
ROLES = dict(ROLE_CHOICES)
