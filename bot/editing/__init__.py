"""Activities added, copied, changed, proposed and looked after in chat."""
