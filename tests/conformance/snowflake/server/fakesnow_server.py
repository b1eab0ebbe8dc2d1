"""fakesnow's own server on a free port of this machine. Prints the port; ends when its standard input does."""

import importlib
import logging
import os
import socket
import sys
import threading
import warnings

import uvicorn
from fakesnow import info_schema
from fakesnow.instance import FakeSnow

# The package has a function of the same name.
server = importlib.import_module("fakesnow.server")


class TellingError(server.ServerError):
    """An unforeseen error with its reason: fakesnow only says that there was one."""

    def __init__(self, status_code: int, code: str, message: str) -> None:
        reason = sys.exc_info()[1]
        super().__init__(status_code, code, f"{type(reason).__name__}: {reason}" if reason else message)


def end_with_parent() -> None:
    sys.stdin.buffer.read()
    os._exit(0)


insert_comment = info_schema.insert_table_comment_sql


def kept_comment(catalog: str, schema: str, table: str, comment: str | None) -> str:
    """fakesnow puts a comment into a literal as it is, and "None" where there is none. The table that MERGE makes for itself has none, and
    keeping that would change a second database, which DuckDB refuses in a transaction."""
    if table.lower() == "merge_candidates":
        return "SELECT 1"
    return insert_comment(catalog, schema, table, (comment or "").replace("'", "''"))


info_schema.insert_table_comment_sql = kept_comment
# What it says of each statement stands in the answers too.
logging.disable()
warnings.simplefilter("ignore")
server.ServerError = TellingError
# Signing in makes no databases, here as on the service.
server.shared_fs = FakeSnow(create_database_on_connect=False, create_schema_on_connect=False)
listener = socket.socket()
listener.bind(("127.0.0.1", 0))
listener.listen()
threading.Thread(target=end_with_parent, daemon=True).start()
print(listener.getsockname()[1], flush=True)
uvicorn.Server(uvicorn.Config(server.app, log_level="critical")).run(sockets=[listener])
