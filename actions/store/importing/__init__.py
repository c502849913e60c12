"""Fills the core database from files: catalogues, past orders, the matrix, whole shops."""

from actions.store.importing.catalogue import import_catalogue
from actions.store.importing.delivery import Terms
from actions.store.importing.findings import Findings, diagnose
from actions.store.importing.orders import import_orders
from actions.store.importing.report import FileReport, ImportReport, Problem
from actions.store.importing.returns import import_returns
from actions.store.importing.shop import load_shop

__all__ = [
    "FileReport",
    "Findings",
    "ImportReport",
    "Problem",
    "Terms",
    "diagnose",
    "import_catalogue",
    "import_orders",
    "import_returns",
    "load_shop",
]
