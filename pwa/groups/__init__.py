"""Groups: what a group's roll means, and who may what by it. No tables and no routes yet: no group can be begun."""
