"""The one page of this app: the gallery."""

from django.urls import path

from guiju.portal.look.gallery.page import gallery

urlpatterns = [path("look/", gallery, name="gallery")]
