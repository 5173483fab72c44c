"""Vietnamese text: one form of each letter, keys to search by, and keys to sort by.

Everything here takes text in any normal form (macOS and iOS send NFD) and in either placing of the tone (hoà, hòa).
"""

import re
import unicodedata
from functools import lru_cache

GRAVE, HOOK, TILDE, ACUTE, DOT = "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"
TONES = (GRAVE, HOOK, TILDE, ACUTE, DOT)  # huyền, hỏi, ngã, sắc, nặng: the order of dictionaries; no tone comes first
LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"  # the alphabet, with f, j, w, z where Latin has them

_TONE_RANK = {tone: rank for rank, tone in enumerate(TONES, start=1)}
_LETTER_RANK = {letter: rank for rank, letter in enumerate(LETTERS)}
_SYLLABLE = re.compile(r"(gi(?=[aăâeêioôơuưy])|qu(?=[aăâeêioôơuưy])|[bcdđghklmnpqrstvx]*)([aăâeêioôơuưy]+)([cghmnpt]*)\Z")
_WORD = re.compile(rf"(?:[^\W_]|[{''.join(TONES)}])+")  # a tone may stand on a letter with which it makes no character: g̀
_PIECE = re.compile(r"\d+|[^\d]+")

# Bytes of a sort key. Within it a shorter word comes first, numbers before letters.
_END_OF_WORD, _TONE_BYTE, _NUMBER, _LETTER, _FOREIGN = 0x01, 0x02, 0x08, 0x20, 0x60


def nfc(text: str) -> str:
    """Return the text with each letter in one code point where there is one."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """Return the key to search by: small letters, no marks, đ as d, one space between words."""
    apart = unicodedata.normalize("NFKD", text).lower()
    bare = "".join(c for c in apart if not unicodedata.combining(c))
    return " ".join(bare.replace("đ", "d").split())


def words_of(text: str) -> list[str]:
    """Return the folded words of a text, without punctuation, to find it by: A-B.C (d) is a, b, c, d."""
    return _WORD.findall(fold(text))


def one_spelling(text: str) -> str:
    """Return the text in NFC with the tone of each syllable on the letter where most people write it: hoà as hòa, Thuỷ as Thủy.

    Words that are not Vietnamese syllables stay as they are. To compare names; show people what they wrote.
    """
    return _WORD.sub(lambda word: _placed(word.group()), nfc(text))


def same_text(one: str, other: str) -> bool:
    """Say whether two texts read the same: letters and tones count, capitals, spaces and the placing of tones don't."""
    return " ".join(one_spelling(one).lower().split()) == " ".join(one_spelling(other).lower().split())


@lru_cache(maxsize=8192)
def _placed(word: str) -> str:
    letters, tone = _split_tone(word)
    if tone is None:
        return word
    syllable = _SYLLABLE.match(letters.lower())
    if syllable is None:
        return word
    onset, vowels, coda = syllable.groups()
    at = len(onset) + _tone_place(vowels, coda)
    return nfc(letters[: at + 1] + tone + letters[at + 1 :])


def _split_tone(word: str) -> tuple[str, str | None]:
    """Take the one tone out of a word; (word, None) if it has none or several."""
    apart = unicodedata.normalize("NFD", word)
    tones = [c for c in apart if c in _TONE_RANK]
    if len(tones) != 1:
        return word, None
    return nfc(apart.replace(tones[0], "")), tones[0]


def _tone_place(vowels: str, coda: str) -> int:
    """Say which vowel of a group carries the tone."""
    marked = [place for place, vowel in enumerate(vowels) if vowel in "ăâêôơư"]
    if marked:
        return marked[-1]  # thuở, nước, tiếng
    if coda:
        return len(vowels) - 1  # hoàng, tuýt
    return len(vowels) // 2 if len(vowels) == 3 else 0  # ngoài, khuỷu; hòa, thủy, mía


def sort_key(text: str) -> bytes:
    """Return bytes in the order of Vietnamese dictionaries; keep them in a binary column.

    Syllable after syllable, its letters first and then its tone: tuân thủ, tuần chay, túi. Numbers go by their value
    (Phường 2 before Phường 10). Texts that differ only in capitals, punctuation or the placing of tones have one key.
    """
    key = bytearray()
    for word in _WORD.findall(nfc(text).lower()):
        for piece in _PIECE.findall(word):
            key += _number_key(piece) if piece[0].isdecimal() else _word_key(piece)
    return bytes(key)


def person_sort_key(name: str) -> bytes:
    """Return the key of a person's name as lists of people are ordered: given name, then family name, then the names between."""
    words = name.split()
    return sort_key(" ".join(words[-1:] + words[:-1]))


@lru_cache(maxsize=16384)
def _word_key(word: str) -> bytes:
    letters, tones = bytearray(), bytearray()
    for character in word:
        shape, tone = character, 0
        if character not in _LETTER_RANK:
            apart = unicodedata.normalize("NFD", character)
            tone = next((_TONE_RANK[c] for c in apart if c in _TONE_RANK), 0)
            shape = nfc("".join(c for c in apart if c not in _TONE_RANK))
        if shape and shape not in _LETTER_RANK:
            shape = unicodedata.normalize("NFD", shape)[0]  # ñ as n
        if shape in _LETTER_RANK:
            letters.append(_LETTER + _LETTER_RANK[shape])
        elif shape:
            letters += bytes([_FOREIGN]) + shape.encode()
        if tone:
            tones.append(_TONE_BYTE + tone)
    return bytes(letters) + bytes([_END_OF_WORD]) + bytes(tones) + bytes([_END_OF_WORD])


def _number_key(digits: str) -> bytes:
    value = str(int(digits[:4000])).encode()
    return bytes([_NUMBER]) + len(value).to_bytes(2, "big") + value
