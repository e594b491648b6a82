"""The learned tagger: a small network that reads each word together with what the rules made of it."""
