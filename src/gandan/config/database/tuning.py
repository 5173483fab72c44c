"""The server's settings for a machine of a given size. Written anew at every start."""

import re
from collections.abc import Mapping

KB, MB, GB = 1024, 1024**2, 1024**3
HEADING = "# Written by Gần Dân at every start. Yours go below the include in postgresql.conf.\n"
UNITS = {"kb": KB, "mb": MB, "gb": GB, "tb": 1024 * GB}


def size(written: str) -> int:
    """Return the bytes of a size such as 256MB or 4 GB."""
    match = re.fullmatch(r"\s*(\d+)\s*([kmgt]b)\s*", written.lower())
    if not match:
        raise ValueError(f"{written!r} is not a size such as 256MB or 4GB.")
    return int(match[1]) * UNITS[match[2]]


def settings(*, memory: int, cores: int, socket_dir: str, port: int | None, small_shared_memory: bool) -> dict[str, str]:
    """Return what `postgresql.conf` is to say, for a server that may count on `memory` bytes."""
    return {
        # what was committed stays
        "fsync": "on",
        "synchronous_commit": "on",
        "full_page_writes": "on",
        # who may reach it: this machine, by a socket
        "listen_addresses": "127.0.0.1" if port else "",
        "port": str(port or 5432),
        "unix_socket_directories": socket_dir,
        "unix_socket_permissions": "0700",
        "password_encryption": "scram-sha-256",
        "max_connections": "100",
        # memory
        "shared_buffers": _written(_within(memory // 4, 32 * MB, 4 * GB)),
        "effective_cache_size": _written(max(memory * 6 // 10, 64 * MB)),
        "work_mem": _written(_within(memory // 400, 4 * MB, 64 * MB)),
        "maintenance_work_mem": _written(_within(memory // 16, 32 * MB, 1 * GB)),
        "dynamic_shared_memory_type": "mmap" if small_shared_memory else "posix",
        # the log of changes: large and seldom flushed, so that an import isn't held up
        "wal_compression": "on",
        "wal_buffers": _written(_within(memory // 128, 4 * MB, 64 * MB)),
        "min_wal_size": _written(_within(memory // 8, 80 * MB, 1 * GB)),
        "max_wal_size": _written(_within(memory // 2, 1 * GB, 4 * GB)),
        "checkpoint_timeout": "15min",
        "checkpoint_completion_target": "0.9",
        # plans
        "jit": "off",
        "random_page_cost": "1.1",
        "max_worker_processes": str(max(8, cores)),
        "max_parallel_workers": str(cores),
        "max_parallel_workers_per_gather": str(_within(cores // 2, 1, 4)),
        "default_statistics_target": "100",
        # tables of events only grow: look at them early and often
        "autovacuum_naptime": "20s",
        "autovacuum_vacuum_scale_factor": "0.05",
        "autovacuum_vacuum_insert_scale_factor": "0.05",
        "autovacuum_analyze_scale_factor": "0.02",
        "autovacuum_vacuum_cost_limit": "2000",
        # one clock, one language
        "timezone": "UTC",
        "log_timezone": "UTC",
        "lc_messages": "C",
        "default_text_search_config": "pg_catalog.simple",
        # the log names no person: neither statements nor the values they failed on
        "logging_collector": "on",
        "log_directory": "log",
        "log_filename": "postgresql-%a.log",
        "log_rotation_age": "1d",
        "log_rotation_size": "0",
        "log_truncate_on_rotation": "on",
        "log_line_prefix": "%m [%p] %u ",
        "log_error_verbosity": "terse",
        "log_min_error_statement": "panic",
        "log_statement": "none",
        "log_min_duration_statement": "-1",
        "log_checkpoints": "off",
        "log_autovacuum_min_duration": "-1",
    }


def written(settings: Mapping[str, str]) -> str:
    return HEADING + "".join(f"{name} = '{_quoted(value)}'\n" for name, value in settings.items())


def _within(value: int, least: int, most: int) -> int:
    return max(least, min(value, most))


def _written(value: int) -> str:
    return f"{value // KB}kB"


def _quoted(value: str) -> str:
    return value.replace("\\", "\\\\").replace("'", "''")
