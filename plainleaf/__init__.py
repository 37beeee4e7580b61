"""Plainleaf: accessible, multilingual health leaflets for print and PDF."""

__version__ = "0.1.0"
