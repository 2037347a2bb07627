package org.postbag.normalising.mail;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The names that mail programs give charsets, and which they mean. */
final class CharsetNames {

    /** Declared as the first, nearly always written as the second, which has every character of the first (WHATWG Encoding Standard); or only Java's name differs. */
    private static final Map<String, String> MEANT = Map.ofEntries(
            Map.entry("iso-8859-1", "windows-1252"),
            Map.entry("latin1", "windows-1252"),
            Map.entry("latin-1", "windows-1252"),
            Map.entry("l1", "windows-1252"),
            Map.entry("ansi", "windows-1252"),
            Map.entry("iso-8859-9", "windows-1254"),
            Map.entry("iso-8859-11", "windows-874"),
            Map.entry("tis-620", "windows-874"),
            Map.entry("iso-8859-8-i", "iso-8859-8"),
            Map.entry("iso-8859-8-e", "iso-8859-8"),
            Map.entry("logical", "iso-8859-8"),
            Map.entry("visual", "iso-8859-8"),
            Map.entry("iso-8859-6-i", "iso-8859-6"),
            Map.entry("iso-8859-6-e", "iso-8859-6"),
            Map.entry("gb2312", "GB18030"),
            Map.entry("gb_2312-80", "GB18030"),
            Map.entry("gbk", "GB18030"),
            Map.entry("x-gbk", "GB18030"),
            Map.entry("cn-gb", "GB18030"),
            Map.entry("euc-cn", "GB18030"),
            Map.entry("big5", "x-MS950-HKSCS"),
            Map.entry("x-x-big5", "x-MS950-HKSCS"),
            Map.entry("cn-big5", "x-MS950-HKSCS"),
            Map.entry("big5-hkscs", "x-MS950-HKSCS"),
            Map.entry("big5-eten", "x-MS950-HKSCS"),
            Map.entry("shift_jis", "windows-31j"),
            Map.entry("shift-jis", "windows-31j"),
            Map.entry("sjis", "windows-31j"),
            Map.entry("x-sjis", "windows-31j"),
            Map.entry("ms_kanji", "windows-31j"),
            Map.entry("eucjp-ms", "x-eucJP-Open"),
            Map.entry("iso-2022-jp", "x-windows-iso2022jp"),
            Map.entry("iso-2022-jp-ms", "x-windows-iso2022jp"),
            Map.entry("iso-2022-jp-3", "x-windows-iso2022jp"),
            Map.entry("iso-2022-jp-2004", "x-windows-iso2022jp"),
            Map.entry("iso-2022-jp-1", "ISO-2022-JP-2"),
            Map.entry("iso-2022-cn-ext", "ISO-2022-CN"),
            Map.entry("ks_c_5601-1987", "x-windows-949"),
            Map.entry("ks_c_5601-1989", "x-windows-949"),
            Map.entry("ks_c_5601", "x-windows-949"),
            Map.entry("ksc5601", "x-windows-949"),
            Map.entry("ksc_5601", "x-windows-949"),
            Map.entry("euc-kr", "x-windows-949"),
            Map.entry("korean", "x-windows-949"),
            Map.entry("uhc", "x-windows-949"),
            Map.entry("koi8", "KOI8-R"),
            Map.entry("koi8-ru", "KOI8-U"),
            Map.entry("utf8", "UTF-8"),
            Map.entry("utf-8-mac", "UTF-8"),
            Map.entry("unicode-1-1-utf-8", "UTF-8"),
            Map.entry("unicode", "UTF-16"),
            Map.entry("ucs-2", "UTF-16BE"),
            Map.entry("macintosh", "x-MacRoman"),
            Map.entry("x-mac-ce", "x-MacCentralEurope"),
            Map.entry("x-mac-romanian", "x-MacRomania"),
            Map.entry("x-mac-icelandic", "x-MacIceland"),
            Map.entry("x-mac-ukrainian", "x-MacUkraine"),
            Map.entry("x-mac-japanese", "windows-31j"),
            Map.entry("x-mac-korean", "x-windows-949"),
            Map.entry("x-mac-chinesesimp", "GB18030"),
            Map.entry("x-mac-chinesetrad", "x-MS950-HKSCS"));

    private static final Pattern WINDOWS = Pattern.compile("(?:x-)?(?:win(?:dows)?|ms|ansi|cp)[-_]?(125[0-8]|874|31j)");
    private static final Pattern WINDOWS_EAST =
            Pattern.compile("(?:x-)?(?:win(?:dows)?|ms|ibm|dos|cp)[-_]?(932|936|949|950)");
    private static final Pattern CODE_PAGE = Pattern.compile("(?:x-)?(?:ibm|dos|oem|cp)[-_]?([0-9]{3,4})");
    private static final Pattern LATIN = Pattern.compile("(?:iso)?[-_]?8859[-_]?([0-9]{1,2})(?:-[ie])?");

    private CharsetNames() {}

    /** Without quotes, language and what else programs add to a name. */
    static String cleaned(String name) {
        var cleaned = name.strip().toLowerCase(Locale.ROOT).replaceAll("[\"'\\s]", "");
        // RFC 2231 lets a language follow: "utf-8*en".
        int end = 0;
        while (end < cleaned.length() && "*;,".indexOf(cleaned.charAt(end)) < 0) {
            end++;
        }
        // What was encoded as quoted-printable twice: "charset=3Dutf-8".
        return cleaned.substring(cleaned.startsWith("3d") ? 2 : 0, Math.max(end, cleaned.startsWith("3d") ? 2 : 0));
    }

    /** The charset of that name, or null where there is none. */
    static @Nullable Charset named(String name) {
        var cleaned = cleaned(name);
        return cleaned.isEmpty() ? null : known(MEANT.getOrDefault(cleaned, mended(cleaned)));
    }

    private static String mended(String name) {
        var windows = WINDOWS.matcher(name);
        if (windows.matches()) {
            return "windows-" + windows.group(1);
        }
        var east = WINDOWS_EAST.matcher(name);
        if (east.matches()) {
            return switch (east.group(1)) {
                case "932" -> "windows-31j";
                case "936" -> "GB18030";
                case "949" -> "x-windows-949";
                default -> "x-MS950-HKSCS";
            };
        }
        var latin = LATIN.matcher(name);
        if (latin.matches()) {
            var hyphened = "iso-8859-" + latin.group(1);
            return MEANT.getOrDefault(hyphened, hyphened);
        }
        var page = CODE_PAGE.matcher(name);
        if (page.matches()) {
            return "cp" + page.group(1);
        }
        return name.startsWith("x-mac-") ? "x-mac" + name.substring("x-mac-".length()) : name;
    }

    private static @Nullable Charset known(String name) {
        try {
            return Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            return null;
        }
    }
}
