"""Every address of the system, built from the doors' registries; nothing is listed by hand here."""

from tochuc.api import registry as api
from tochuc.config import failures
from tochuc.web import errors
from tochuc.web import registry as web

urlpatterns = [*web.urlpatterns(), *api.urlpatterns()]
handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = failures.not_found
handler429 = errors.too_many
handler500 = errors.server_error
