"""Every address of the system, built from the doors' registries; nothing is listed by hand here."""

from tochuc.web import errors, registry

urlpatterns = registry.urlpatterns()
handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
