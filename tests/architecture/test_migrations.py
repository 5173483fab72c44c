"""Migrations stand in one line, and on nothing of ours that may change under them."""

import ast
from collections import Counter

from django.apps import apps
from django.db.migrations.loader import MigrationLoader

from tests.architecture.house import SOURCE, shown, tree

OURS = {config.label for config in apps.get_app_configs() if config.name.startswith("gandan.")}
LOADER = MigrationLoader(None)


def test_each_app_has_one_first_and_one_last_migration():
    forks = {label: LOADER.graph.leaf_nodes(label) for label in OURS if len(LOADER.graph.leaf_nodes(label)) > 1}

    assert forks == {}


def test_no_two_migrations_follow_the_same_one():
    followed = Counter(
        (label, name)
        for (app, _), migration in LOADER.disk_migrations.items()
        for label, name in migration.dependencies
        if app in OURS and label == app
    )

    assert [before for before, times in followed.items() if times > 1] == []


def test_migrations_import_nothing_of_ours():
    imports = [
        f"{shown(path)}:{node.lineno}"
        for path in sorted(SOURCE.rglob("migrations/*.py"))
        for node in ast.walk(tree(path))
        if (isinstance(node, ast.ImportFrom) and (node.module or "").startswith("gandan"))
        or (isinstance(node, ast.Import) and any(name.name.startswith("gandan") for name in node.names))
    ]

    assert imports == []
