"""The procedure engine: what a procedure is, where a case stands, what may be done next. Knows no concrete procedure."""
