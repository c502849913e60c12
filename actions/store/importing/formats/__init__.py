"""What other software exports: which format a file is in, and how its rows become products and order lines."""
