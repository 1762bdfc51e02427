"""Cases told as stories that a jurist can read, played by the same engine that runs real cases."""
