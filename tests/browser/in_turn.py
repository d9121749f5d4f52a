"""Answering one request after the other."""

import threading


class OneAtATime:
    """For SQLite: the test database lies in memory, on one connection that all threads of the live server share."""

    lock = threading.Lock()

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with self.lock:
            return self.get_response(request)
