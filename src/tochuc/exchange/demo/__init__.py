"""The demonstration district: a made-up population in real places, as plain records; knows no database."""
