"""Long work done beside the pages: a queue in the database, one worker, progress that is seen and can be stopped."""
