package org.postbag.normalising.mail;

import java.util.HashSet;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jspecify.annotations.Nullable;

/** HTML as text that reads like the page (see {@link HtmlPage}), and what can be told of it without reading it as a page. */
final class HtmlText {

    /** Longer than any letter; beyond it only the tags are taken out. */
    private static final int PARSED_CHARS_MAX = 5_000_000;

    private static final Pattern BEGINNING = Pattern.compile(
            "\\A\\s*(?:<\\?xml[^>]*>\\s*)?<(?:!doctype\\s+html|html|head|body)\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern ENRICHED_TAG = Pattern.compile("<(<)|</?[A-Za-z][A-Za-z0-9-]{0,60}>");
    private static final Pattern ENRICHED_PARAMETER = Pattern.compile("(?is)<param>[^<]{0,1000}</param>");

    private static final Pattern DECLARATION = Pattern.compile(
            "<meta\\b[^>]{0,200}?charset\\s?=\\s?[\"']?([A-Za-z0-9_.:-]{1,40})", Pattern.CASE_INSENSITIVE);
    /** Browsers look no further either (WHATWG HTML, 13.2.3.2). */
    private static final int DECLARATION_BYTES_MAX = 1_024;

    private HtmlText() {}

    static boolean isHtml(String text) {
        return BEGINNING.matcher(text).lookingAt();
    }

    /** The charset that the page itself says it is in, or null. */
    static @Nullable String charset(Slice page) {
        var beginning = new Slice(page.bytes(), page.from(), Math.min(page.to(), page.from() + DECLARATION_BYTES_MAX));
        var declaration = DECLARATION.matcher(beginning.latin1());
        return declaration.find() ? declaration.group(1) : null;
    }

    /** The text as people read it. */
    static String of(String html) {
        return QuotedLines.plain(marked(html));
    }

    /** The text, with the lines marked that the page says are quoted or part of a signature; see {@link QuotedLines}. */
    static String marked(String html) {
        if (html.length() > PARSED_CHARS_MAX) {
            return stripped(html);
        }
        if (html.indexOf('<') < 0 && html.indexOf('&') < 0) {
            return html;
        }
        var page = new HtmlPage();
        Jsoup.parse(withOpenTagAsText(html)).traverse(page);
        return page.text();
    }

    /** What begins like a tag or a comment and never ends would swallow all that follows, which in a damaged message is text. */
    private static String withOpenTagAsText(String html) {
        int open = html.lastIndexOf("<!--");
        if (open < 0 || html.indexOf("-->", open) >= 0) {
            open = html.lastIndexOf('<');
            if (open < 0 || html.indexOf('>', open) >= 0) {
                return html;
            }
        }
        return html.substring(0, open) + "&lt;" + html.substring(open + 1);
    }

    /** Text in the format of RFC 1896: tags say how it looks, and a single line end is a space. */
    static String ofEnriched(String text) {
        var plain = ENRICHED_TAG
                .matcher(ENRICHED_PARAMETER.matcher(text).replaceAll(""))
                .replaceAll("$1");
        return plain.replaceAll("(?<!\\n)\\n(?!\\n)", " ").replaceAll("\\n(\\n+)", "$1");
    }

    /** Of the words that a page shows, how many in a hundred {@code text} does not have; found without parsing the page. */
    static int unsaidShare(String html, CharSequence text) {
        var shown = new HashSet<String>();
        for (int i = 0; i < html.length(); i++) {
            char c = html.charAt(i);
            if (c == '<') {
                i = afterTag(html, i) - 1;
            } else if (Character.isLetterOrDigit(c)) {
                int end = i + 1;
                while (end < html.length() && Character.isLetterOrDigit(html.charAt(end))) {
                    end++;
                }
                // A word with an entity in it or beside it is not read here.
                boolean cut = i > 0 && ";&#".indexOf(html.charAt(i - 1)) >= 0
                        || end < html.length() && "&;".indexOf(html.charAt(end)) >= 0;
                if (!cut) {
                    shown.add(html.substring(i, end));
                }
                i = end - 1;
            }
        }
        return TextLines.unsaidShare(shown, text);
    }

    private static String stripped(String html) {
        var text = new StringBuilder(html.length() / 2);
        for (int i = 0; i < html.length(); i++) {
            if (html.charAt(i) == '<') {
                i = afterTag(html, i) - 1;
                text.append(' ');
            } else {
                text.append(html.charAt(i));
            }
        }
        return text.toString();
    }

    /** The place after a tag, a comment, or an element that shows nothing. */
    private static int afterTag(String html, int at) {
        if (html.startsWith("<!--", at)) {
            return after(html, "-->", at + 4);
        }
        for (var hidden : new String[] {"style", "script", "head", "title"}) {
            if (html.regionMatches(true, at + 1, hidden, 0, hidden.length())
                    && at + 1 + hidden.length() < html.length()
                    && !Character.isLetterOrDigit(html.charAt(at + 1 + hidden.length()))) {
                int close = indexOfIgnoringCase(html, "</" + hidden, at);
                return close < 0 ? after(html, ">", at) : after(html, ">", close);
            }
        }
        return after(html, ">", at);
    }

    private static int after(String html, String end, int from) {
        int at = html.indexOf(end, from);
        return at < 0 ? html.length() : at + end.length();
    }

    private static int indexOfIgnoringCase(String text, String wanted, int from) {
        for (int i = from; i + wanted.length() <= text.length(); i++) {
            if (text.charAt(i) == '<' && text.regionMatches(true, i, wanted, 0, wanted.length())) {
                return i;
            }
        }
        return -1;
    }
}
