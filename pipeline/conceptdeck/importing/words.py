"""The few words that an imported map needs and its file does not have, in the languages of the program."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from conceptdeck.values.outline import Wording

__all__ = ["word", "worded_in"]

WORDS: Mapping[str, Mapping[str, str]] = {
    "synonyms": {
        "en": "Also called",
        "ar": "يسمى أيضًا",
        "de": "Auch genannt",
        "es": "También llamado",
        "fr": "Aussi appelé",
        "ja": "別名",
        "zh": "又称",
    },
    "connected": {
        "en": "Is connected with",
        "ar": "يرتبط بـ",
        "de": "Hängt zusammen mit",
        "es": "Está conectado con",
        "fr": "Est lié à",
        "ja": "つながる",
        "zh": "相关联",
    },
    "belongs": {
        "en": "belongs to",
        "ar": "ينتمي إلى",
        "de": "gehört zu",
        "es": "pertenece a",
        "fr": "appartient à",
        "ja": "に属する",
        "zh": "属于",
    },
    "dashed": {
        "en": "Dashed line",
        "ar": "خط متقطع",
        "de": "Gestrichelte Linie",
        "es": "Línea discontinua",
        "fr": "Trait discontinu",
        "ja": "破線",
        "zh": "虚线",
    },
}


def word(name: str, language: str) -> str:
    """Return one of these words in a language, in English if it is not known there."""
    said = WORDS[name]
    return said.get(language.partition("-")[0], said["en"])


def worded_in(name: str, language: str, tags: Iterable[str]) -> Wording:
    """Return one of these words in a language, and in those others that it is known in."""
    others = tuple((tag, WORDS[name][tag.partition("-")[0]]) for tag in tags if tag.partition("-")[0] in WORDS[name])
    return Wording(word(name, language), others)
