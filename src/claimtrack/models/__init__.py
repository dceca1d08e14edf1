"""What the package ships: weights and small data files; no code that others import."""

__all__: list[str] = []
