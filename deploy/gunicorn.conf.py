"""gunicorn behind the proxy of nginx.conf: `gunicorn --config deploy/gunicorn.conf.py`.

WEB_CONCURRENCY sets the number of processes (gunicorn's own variable). PostgreSQL must allow processes x
QDTRADE_DB_POOL connections, and one each for worker, timers and commands.
"""

import multiprocessing
import os

wsgi_app = "qdtrade.wsgi"
bind = "127.0.0.1:8000"
workers = int(os.environ.get("WEB_CONCURRENCY", min(2 * multiprocessing.cpu_count(), 8)))
worker_class = "gthread"
threads = 8

# Longer than SQLite's or the pool's wait for its turn (20 s), so that a busy database is told in words.
timeout = 60
graceful_timeout = 30
keepalive = 5

# A process is replaced now and then; the jitter keeps them from going at once.
max_requests = 5000
max_requests_jitter = 500

# Only this proxy's word counts for who asks and by which scheme.
forwarded_allow_ips = "127.0.0.1,::1"
limit_request_line = 8190

# Nobody steers it from outside: systemd does.
control_socket_disable = True

# On the terminal, so that journald keeps it; the proxy writes who asked for what.
errorlog = "-"
loglevel = "info"
