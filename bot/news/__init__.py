"""Weekly news: what has come near a person since they were told last, for who said yes to it, once a week."""
