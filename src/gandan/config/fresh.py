"""A new database is made of the tables as they are now; only an old one goes the way of all migrations.

Step by step, each of hundreds of operations has Django imagine all models anew, which takes most of a minute. Here each table is
made once, in its last form, and of the migrations only what no model says is run, in order: functions, triggers, first rows.
What is marked `elidable` sets right older rows, of which there are none. A test holds the one against the other.

Who names new values of an enumeration and uses them goes step by step before that: PostgreSQL 15 wants them committed first.
"""

from django.contrib.postgres.operations import CreateExtension
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations import CreateModel, RunPython, RunSQL
from django.db.migrations.operations.base import Operation
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ProjectState

STEP_BY_STEP = ("procrastinate",)


def is_new(connection: BaseDatabaseWrapper) -> bool:
    """Whether nothing was ever migrated here."""
    return not MigrationRecorder(connection).applied_migrations()


def unprepared() -> bool:
    """Whether a migration of this version is still to be done."""
    executor = MigrationExecutor(connections["default"])
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def make(connection: BaseDatabaseWrapper) -> None:
    """Make all tables in an empty database and note every migration as done, nearly all in one transaction."""
    executor = MigrationExecutor(connection)
    leaves = executor.loader.graph.leaf_nodes()
    executor.migrate([leaf for leaf in leaves if leaf[0] in STEP_BY_STEP])
    executor.loader.build_graph()
    plan = [migration for migration, _ in executor.migration_plan(leaves)]
    last = executor.loader.project_state(leaves)
    executor.recorder.ensure_schema()
    with connection.schema_editor(atomic=True) as editor:
        steps = [(migration.app_label, operation) for migration in plan for operation in migration.operations]
        for label, operation in sorted(steps, key=lambda step: not isinstance(step[1], CreateExtension)):
            _do(label, operation, last, editor)
        for migration in plan:
            executor.recorder.record_applied(migration.app_label, migration.name)


def _do(label: str, operation: Operation, last: ProjectState, editor: BaseDatabaseSchemaEditor) -> None:
    if isinstance(operation, CreateModel):
        if (label, operation.name_lower) in last.models:
            model = last.apps.get_model(label, operation.name)
            if operation.allow_migrate_model(editor.connection.alias, model):
                editor.create_model(model)
        return
    said_by_models = isinstance(operation, RunSQL) and operation.state_operations
    runs = isinstance(operation, RunSQL | RunPython) and not operation.elidable and not said_by_models
    if runs or isinstance(operation, CreateExtension):
        operation.database_forwards(label, editor, last, last)
