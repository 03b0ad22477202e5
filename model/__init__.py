"""What `language_model.py` stands on: settings, prompts, requests, answers, failures by kind."""
