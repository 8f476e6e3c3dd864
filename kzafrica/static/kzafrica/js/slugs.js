// The address that follows from a title while it is typed. Django's URLify drops what only Kazakh has, and spells Russian
// in its own way: letters are those of kzafrica/transliteration.py, as in addresses that the server makes.
"use strict";
{
    const LATIN = {
        "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "yo", "ж": "zh", "з": "z", "и": "i", "й": "y",
        "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
        "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu",
        "я": "ya", "ә": "a", "ғ": "gh", "қ": "q", "ң": "ng", "ө": "o", "ұ": "u", "ү": "u", "һ": "h", "і": "i",
        "є": "ye", "ї": "yi", "ґ": "g",
    };
    const YE = /(?<!\p{L})е|(?<=[аеёиоуыэюяйъьәөұүі])е/gu;
    const urlify = window.URLify;

    window.URLify = (text, ...rest) => {
        const small = text.normalize("NFC").toLowerCase().replace(YE, "ye");
        return urlify([...small].map((letter) => LATIN[letter] ?? letter).join(""), ...rest);
    };
}
