"""Taking in what a browser sends, without keeping more of it than is ever taken."""

from django.conf import settings
from django.core.files.uploadhandler import TemporaryFileUploadHandler


class BoundedUploadHandler(TemporaryFileUploadHandler):
    """Keeps a file on the disk up to the size that is taken; of a larger one the rest is counted and thrown away.

    The file then says its true size, so that whoever checks it refuses it and says how large it was.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start <= settings.MAX_FILE_BYTES:
            super().receive_data_chunk(raw_data, start)
