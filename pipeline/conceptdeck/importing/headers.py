"""What the columns of a table of others hold, told by their headings in several languages."""

from __future__ import annotations

from collections.abc import Sequence

from conceptdeck.values.languages import standard_tag
from conceptdeck.values.regex import regex

__all__ = ["Column", "column", "columns"]

ROLES = {  # in the languages of the program; of two columns of one role the first counts
    "source": "source, from, subject, start, begin, tail, concept 1, concept1, first concept, from concept, "
    "source node, source concept, source label, start node, concept a, von, quelle, ausgangsbegriff, "
    "subjekt, origen, desde, sujeto, de, sujet, 起点, 始点, 主語, 主语, المصدر",
    "target": "target, to, object, end, head, concept 2, concept2, second concept, to concept, target node, "
    "target concept, target label, end node, concept b, nach, ziel, zielbegriff, objekt, destino, "
    "hasta, objeto, cible, objet, vers, à, 終点, 目的語, 宾语, 目标, الهدف",
    "phrase": "relation, relationship, phrase, predicate, verb, edge, linking phrase, link phrase, linking "
    "words, edge label, relation type, proposition, beziehung, verbindung, prädikat, relación, "
    "enlace, liaison, prédicat, 関係, 关系, العلاقة",
    "name": "name, concept, term, title, label, node, topic, item, preflabel, begriff, konzept, titel, "
    "bezeichnung, thema, concepto, término, nombre, título, notion, terme, nom, titre, 概念, 名称, 名前, "
    "用語, 术语, المفهوم, الاسم",
    "detail": "description, definition, detail, details, summary, text, meaning, explanation, beschreibung, "
    "erklärung, descripción, definición, définition, 説明, 定義, 描述, 定义, الوصف",
    "notes": "notes, note, comment, comments, remark, remarks, speaker notes, notizen, anmerkung, bemerkung, "
    "notas, nota, commentaire, remarque, 備考, メモ, 备注, ملاحظات",
    "link": "link, url, uri, website, homepage, webseite, adresse, web, lien, href, リンク, 链接, رابط",
    "group": "group, category, cluster, section, theme, domain, gruppe, kategorie, bereich, categoría, "
    "grupo, catégorie, groupe, グループ, 分類, カテゴリ, 类别, 分组, المجموعة",
    "part": "subgroup, subcategory, subsection, untergruppe, unterkategorie, subcategoría, sous-catégorie",
    "parent": "parent, broader, parentid, parent id, parent term, broader term, oberbegriff, übergeordnet, "
    "padre, 親, 父",
    "id": "id, key, identifier, code, schlüssel, kennung, notation",
    "synonyms": "synonyms, synonym, aliases, alias, altlabel, alt labels, alternative names, also known as, "
    "synonyme, sinónimos, 別名, 同义词",
}
LANGUAGE = regex(r"(.+?)[ _\-.:@(\[]+([a-z]{2,3}(?:[-_][a-z0-9]{2,8})*)[)\]]?")
WORDS = regex(r"[^\w\s-]|_")


class Column:
    """What a column holds: its role, empty if it is an attribute, and the language of its texts if it has one."""

    def __init__(self, heading: str, role: str = "", language: str = "") -> None:
        """Hold all three."""
        self.heading, self.role, self.language = heading, role, language


KNOWN = {each: role for role, said in reversed(ROLES.items()) for each in said.split(", ")}


def column(heading: str) -> Column:
    """Return what a column holds by its heading."""
    plain = " ".join(WORDS.sub(" ", heading.casefold()).split())
    if plain in KNOWN or heading.casefold().strip() in KNOWN:
        return Column(heading, KNOWN.get(plain) or KNOWN[heading.casefold().strip()])
    match = LANGUAGE.fullmatch(heading.casefold().strip())
    if match and match[1].strip() in KNOWN and (tag := standard_tag(match[2])):
        return Column(heading, KNOWN[match[1].strip()], tag)
    return Column(heading)


def columns(headings: Sequence[str]) -> list[Column]:
    """Return what the columns hold; no two of one language have one role, but for synonyms."""
    found: list[Column] = []
    taken = set[tuple[str, str]]()
    for heading in headings:
        each = column(heading)
        if each.role and (each.role, each.language) in taken:
            each = Column(heading)
        taken.add((each.role, each.language))
        found.append(each)
    return found
