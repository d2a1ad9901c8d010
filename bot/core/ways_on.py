"""The ways on: the buttons that stand on many screens, so that nobody is left where there is nothing to tap."""

from __future__ import annotations

from bot.core.say import Button, label

# NOTE: Button on nearly every screen: a human being is asked to answer here.
PERSON = Button(label("🙋 A person"), "h")
# NOTE: Button, looks for activities.
FIND = Button(label("🔎 Find"), "near")
# NOTE: Button and key: lists what is near, or shares where one is.
NEAR = Button(label("📍 Near me"), "near")
# NOTE: Button and key: lists what the reader is signed up for.
MY_PLANS = Button(label("📅 My plans"), "my")
# NOTE: Button, opens the offers for people under 25. Let's Network is a name: it stays as it is.
NETWORK = Button(label("🤝 Let's Network"), "n")
# NOTE: Button and key: language, town, messages.
SETTINGS = Button(label("⚙️ Settings"), "set")
