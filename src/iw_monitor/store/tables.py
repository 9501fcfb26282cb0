"""The tables: ``entry`` is the truth and the chain; the others say the same in typed columns, for fast reading.

Instants are whole microseconds since 1970 (SQLite drops zones). Nothing in the journal is ever updated or deleted: the
migrations set triggers that refuse both. Accounts, sessions, failed attempts, tokens and kept answers are what is now,
and change; that an account or a token changed is an entry of the journal too; so it is with how alerts stand and the
outbox. Runs, leases and workers tell how the site is run, and are no part of it. A change here needs a new file in
``migrations/versions``; a test compares.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    Table,
    Text,
)

VERSION_TABLE = "iw_monitor_schema"  # Alembic's table; its name also marks a PostgreSQL database as ours
APPLICATION_ID = 0x49574D4A  # "IWMJ" in the header of an SQLite file marks it as ours

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# On SQLite only INTEGER is the row's own number; BIGINT would be a second index.
_Sequence = BigInteger().with_variant(Integer(), "sqlite")

entry = Table(
    "entry",
    metadata,
    Column("sequence", _Sequence, primary_key=True, autoincrement=False),  # 1, 2, 3, … without a gap
    Column("id", Text, nullable=False, unique=True),  # UUIDv7
    Column("kind", Text, nullable=False),
    Column("pack", Text, nullable=False),
    Column("recorded_at", BigInteger, nullable=False),  # never before the entry before
    Column("author", Text, nullable=False),
    Column("via", Text, nullable=False),  # cli, page, api, import, …
    Column("pack_hash", Text, nullable=False),
    Column("body", Text, nullable=False),  # canonical JSON
    Column("previous_hash", Text, nullable=False),
    Column("hash", Text, nullable=False),
)

observation = Table(
    "observation",
    metadata,
    Column("sequence", _Sequence, ForeignKey("entry.sequence"), primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False),
    Column("pack", Text, nullable=False),
    Column("indicator", Text, nullable=False),
    Column("level", SmallInteger, nullable=False),
    Column("reliability", Text, nullable=False),
    Column("credibility", SmallInteger, nullable=False),
    Column("originator", Text, nullable=False),  # normalised: who counts as the one origin
    Column("observed_at", BigInteger, nullable=False),
    Column("published_at", BigInteger, nullable=True),
    Column("recorded_at", BigInteger, nullable=False),
    Column("fingerprint", Text, nullable=False),
    CheckConstraint("level BETWEEN 0 AND 4", name="level"),
    CheckConstraint("credibility BETWEEN 1 AND 6", name="credibility"),
    CheckConstraint("recorded_at >= observed_at", name="recorded_after_observed"),
    # The indicator leads, so that a sweep over a whole pack is not lured into this index and then has to sort.
    Index(None, "indicator", "pack", "observed_at", "sequence"),
)

retraction = Table(
    "retraction",
    metadata,
    Column("sequence", _Sequence, ForeignKey("entry.sequence"), primary_key=True, autoincrement=False),
    Column("pack", Text, nullable=False),
    Column("observation_sequence", _Sequence, ForeignKey("observation.sequence"), nullable=False, unique=True),
    Column("recorded_at", BigInteger, nullable=False),
)

act = Table(
    "act",
    metadata,
    Column("sequence", _Sequence, ForeignKey("entry.sequence"), primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False),
    Column("pack", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("subject", Text, nullable=False),  # what it is about: a problem, an indicator, another act
    Column("recorded_at", BigInteger, nullable=False),
    Index(None, "pack", "kind", "subject", "sequence"),
)

user_account = Table(
    "user_account",
    metadata,
    Column("name", Text, primary_key=True),
    Column("display_name", Text, nullable=False),
    Column("password_hash", Text, nullable=False),  # argon2id, with its salt; "" where an identity provider vouches
    Column("created_at", BigInteger, nullable=False),
    Column("password_set_at", BigInteger, nullable=False),
    Column("disabled_at", BigInteger, nullable=True),
    Column("issuer", Text, nullable=True),  # of an identity provider, with the subject there; else both are null
    Column("subject", Text, nullable=True),
    Index(None, "issuer", "subject", unique=True),
)

user_role = Table(
    "user_role",
    metadata,
    Column("name", Text, ForeignKey("user_account.name"), primary_key=True),
    Column("pack", Text, primary_key=True),  # its id, or "*" for every pack
    Column("role", Text, nullable=False),
    CheckConstraint("role IN ('viewer', 'editor', 'approver', 'admin')", name="role"),
)

user_session = Table(
    "user_session",
    metadata,
    Column("key", Text, primary_key=True),  # SHA-256 of the session's id, which is in the browser alone
    Column("name", Text, ForeignKey("user_account.name"), nullable=False),
    Column("begun_at", BigInteger, nullable=False),
    Column("used_at", BigInteger, nullable=False),
    Column("ends_at", BigInteger, nullable=False),
    Column("ended_at", BigInteger, nullable=True),
    Index(None, "name"),
)

sign_in_attempt = Table(
    "sign_in_attempt",
    metadata,
    Column("kind", Text, primary_key=True),  # account or address
    Column("place", Integer, primary_key=True, autoincrement=False),  # one of a fixed number
    Column("failures", Integer, nullable=False),
    Column("last_at", BigInteger, nullable=False),
)

lease = Table(
    "lease",
    metadata,
    Column("name", Text, primary_key=True),
    Column("holder", Text, nullable=False),
    Column("until", BigInteger, nullable=False),
    Column("token", BigInteger, nullable=False),  # grows with each new holder: older ones are fenced off
)

job_run = Table(
    "job_run",
    metadata,
    Column("pack", Text, primary_key=True),
    Column("job", Text, primary_key=True),
    Column("due_at", BigInteger, primary_key=True, autoincrement=False),
    Column("started_at", BigInteger, nullable=False),
    Column("finished_at", BigInteger, nullable=True),
    Column("outcome", Text, nullable=False),
    Column("attempt", SmallInteger, nullable=False),
    Column("covers", Integer, nullable=False),
    Column("rows", BigInteger, nullable=False),
    Column("note", Text, nullable=False),
    Column("worker", Text, nullable=False),
    Column("token", BigInteger, nullable=False),
    CheckConstraint("outcome IN ('added', 'running', 'done', 'failed', 'interrupted')", name="outcome"),
    Index(None, "pack", "started_at"),
)

worker = Table(
    "worker",
    metadata,
    Column("id", Text, primary_key=True),
    Column("pack", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("started_at", BigInteger, nullable=False),
    Column("seen_at", BigInteger, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("next_job", Text, nullable=False),
    Column("next_due_at", BigInteger, nullable=True),
    Column("missed", Integer, nullable=False),
    Column("note", Text, nullable=False),
    CheckConstraint("state IN ('active', 'standby', 'stopped')", name="state"),
)

alert_standing = Table(
    "alert_standing",
    metadata,
    Column("pack", Text, primary_key=True),
    Column("body", Text, nullable=False),  # JSON: all that the next evaluation must remember
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Text, primary_key=True),  # UUIDv7
    Column("key", Text, nullable=False, unique=True),  # the same at every attempt: who gets it twice can tell
    Column("pack", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("payload", Text, nullable=False),  # JSON: what is said
    Column("created_at", BigInteger, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_at", BigInteger, nullable=False),
    Column("delivered_at", BigInteger, nullable=True),
    Column("failed_at", BigInteger, nullable=True),  # given up
    Column("last_error", Text, nullable=False),
    Column("results", Text, nullable=False),  # JSON: what came of the last attempt, by target
    Column("joined", Text, nullable=False),  # id of the message that it went into
    Index(None, "pack", "created_at"),
)

api_token = Table(
    "api_token",
    metadata,
    Column("id", Text, primary_key=True),  # what it is called by; tells nothing of the token
    Column("key", Text, nullable=False, unique=True),  # SHA-256 of the token, which its owner alone has
    Column("owner", Text, ForeignKey("user_account.name"), nullable=False),
    Column("name", Text, nullable=False),
    Column("pack", Text, nullable=False),  # its id, or "*" for every pack
    Column("scope", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("used_at", BigInteger, nullable=True),
    Column("revoked_at", BigInteger, nullable=True),
    CheckConstraint("scope IN ('read', 'write', 'approve')", name="scope"),
)

public_link = Table(
    "public_link",
    metadata,
    Column("id", Text, primary_key=True),  # what it is called by; tells nothing of its key
    Column("key", Text, nullable=False, unique=True),  # SHA-256 of the key, which stands in its address alone
    Column("owner", Text, ForeignKey("user_account.name"), nullable=False),
    Column("name", Text, nullable=False),
    Column("pack", Text, nullable=False),
    Column("up_to", Text, nullable=False),
    Column("snapshot", Text, nullable=False),  # "" for the newest
    Column("created_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("used_at", BigInteger, nullable=True),
    Column("revoked_at", BigInteger, nullable=True),
)

kept_answer = Table(
    "kept_answer",
    metadata,
    Column("asker", Text, primary_key=True),  # which token, or which source of a webhook
    Column("key", Text, primary_key=True),  # the request's name, in the asker's words
    Column("asked", Text, nullable=False),  # SHA-256 of what was asked
    Column("status", SmallInteger, nullable=False),
    Column("body", Text, nullable=False),
    Column("kept_at", BigInteger, nullable=False),
    Index(None, "kept_at"),
)

source_state = Table(
    "source_state",
    metadata,
    Column("pack", Text, primary_key=True),
    Column("source", Text, primary_key=True),
    Column("outcome", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("run_at", BigInteger, nullable=False),
    Column("answered_at", BigInteger, nullable=True),
    Column("newest_at", BigInteger, nullable=True),
    Column("failures", Integer, nullable=False),
    Column("not_before", BigInteger, nullable=True),
    Column("etag", Text, nullable=False),
    Column("last_modified", Text, nullable=False),
    Column("content_hash", Text, nullable=False),
    Column("memory", Text, nullable=False),  # canonical JSON: what each rule said last, and the items seen
    CheckConstraint(
        "outcome IN ('new', 'unchanged', 'empty', 'failed', 'unconfigured')",
        name="outcome",
    ),
)
