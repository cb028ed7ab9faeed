"""Makes crates/detente-code/data/name/given.txt and family.txt from the lists of names of Faker (MIT).

    pip install faker==40.63.0 && python train/names/lists.py crates/detente-code/data/name
"""
import importlib
import re
import sys
import textwrap
import unicodedata

LOCALES = """en_GB en_IE en_IN en_KE en_NG en_NZ en_PK en_TH en_US es_AR es_CL es_CO es_ES es_MX fr_DZ fr_FR de_DE it_IT
ha_NG ig_NG yo_NG id_ID ja_JP pt_BR pt_PT sw tw_GH vi_VN zh_CN zh_TW zu_ZA tr_TR nl_NL uz_UZ az_AZ""".split()
GIVEN = ("first_names", "first_names_female", "first_names_male", "first_names_unisex", "first_romanized_names")
FAMILY = ("last_names", "last_names_female", "last_names_male", "last_romanized_names")


def plain(name):
    """Without marks over letters, with one capital."""
    letters = unicodedata.normalize("NFKD", name.replace("’", "'"))
    letters = "".join(c for c in letters if not unicodedata.combining(c))
    return letters[:1] + letters[1:].lower() if letters.isupper() else letters


def names(attributes):
    found = set()
    for locale in LOCALES:
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        for attribute in attributes:
            listed = getattr(provider, attribute, ())
            for name in () if isinstance(listed, property) else listed:
                found.update(word for word in map(plain, name.split()) if re.fullmatch(r"[A-Z][A-Za-z'-]+", word))
    return sorted(found)


def write(path, what, found):
    with open(path, "w", encoding="utf8") as out:
        out.write(f"# {what} without marks over letters, from the lists of Faker 40.63.0 (MIT) by train/names/lists.py.\n")
        out.write("\n".join(textwrap.wrap(" ".join(found), 118, break_on_hyphens=False)) + "\n")


if __name__ == "__main__":
    folder = sys.argv[1]
    write(f"{folder}/given.txt", "Given names", names(GIVEN))
    write(f"{folder}/family.txt", "Family names", names(FAMILY))
