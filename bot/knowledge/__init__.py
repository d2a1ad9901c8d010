"""Knowledge: short stories and recommendations that volunteers and coordinators search, share and write."""
