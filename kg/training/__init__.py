"""Makes the learned tagger: corpora in, a model folder out. Needs the extra ``train``; nothing else imports it."""
