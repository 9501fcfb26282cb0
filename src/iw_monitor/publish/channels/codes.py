"""The codes of what can be wrong with a file of channels, each with its meaning in one line."""

MEANINGS = {
    "N101": "the file of channels cannot be read",
    "N102": "it is not TOML",
    "N103": "a key is not known",
    "N104": "a key is missing",
    "N105": "a value cannot be used",
    "N106": "others than its owner may read it, and it holds secrets",
    "N107": "an address is not one that notices can be sent to",
    "N108": "an address needs encryption, or leave to go without",
}
