"""What stands behind the ports: one file a port."""
