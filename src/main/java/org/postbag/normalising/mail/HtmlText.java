package org.postbag.normalising.mail;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Comment;
import org.jsoup.nodes.DataNode;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;

/** HTML as text that reads like the page: paragraphs, lists, tables row by row, links with where they lead, quotes marked with {@code >}. */
final class HtmlText {

    /** Longer than any letter; beyond it only the tags are taken out. */
    private static final int PARSED_CHARS_MAX = 5_000_000;

    private static final Pattern BEGINNING = Pattern.compile(
            "\\A\\s*(?:<\\?xml[^>]*>\\s*)?<(?:!doctype\\s+html|html|head|body)\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern ENRICHED_TAG = Pattern.compile("<(<)|</?[A-Za-z][A-Za-z0-9-]{0,60}>");
    private static final Pattern ENRICHED_PARAMETER = Pattern.compile("(?is)<param>[^<]{0,1000}</param>");

    private HtmlText() {}

    static boolean isHtml(String text) {
        return BEGINNING.matcher(text).lookingAt();
    }

    static String of(String html) {
        if (html.length() > PARSED_CHARS_MAX) {
            return stripped(html);
        }
        if (html.indexOf('<') < 0 && html.indexOf('&') < 0) {
            return html;
        }
        var page = new Page();
        Jsoup.parse(html).traverse(page);
        return page.text();
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

    /** Writes the text down while the page is gone through. */
    private static final class Page implements NodeVisitor {

        private static final Set<String> HIDDEN =
                Set.of("script", "style", "head", "title", "noscript", "template", "object", "svg");
        private static final Set<String> PARAGRAPHS =
                Set.of("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table", "pre", "hr");
        private static final Set<String> BLOCKS = Set.of(
                "div",
                "tr",
                "li",
                "dt",
                "dd",
                "address",
                "article",
                "aside",
                "section",
                "header",
                "footer",
                "form",
                "fieldset",
                "figure",
                "figcaption",
                "main",
                "nav",
                "center",
                "caption",
                "thead",
                "tbody",
                "tfoot",
                "legend",
                "option",
                "body");
        private static final int QUOTE_DEPTH_MAX = 20;

        private final StringBuilder out = new StringBuilder();
        private int hidden;
        private int preformatted;
        private int quotes;
        private int lineEnds;
        private boolean lineStarted;
        private boolean space;

        @Override
        public void head(Node node, int depth) {
            if (node instanceof TextNode text) {
                if (hidden == 0) {
                    write(text.getWholeText());
                }
            } else if (node instanceof Element element) {
                open(element);
            } else if (!(node instanceof Comment || node instanceof DataNode)) {
                return;
            }
        }

        private void open(Element element) {
            var name = element.normalName();
            if (HIDDEN.contains(name)) {
                hidden++;
            }
            if (hidden > 0) {
                return;
            }
            switch (name) {
                case "br" -> lineBreak();
                case "blockquote" -> {
                    paragraph();
                    quotes++;
                }
                case "pre", "textarea" -> {
                    paragraph();
                    preformatted++;
                }
                case "li" -> {
                    line();
                    write(marker(element));
                }
                case "td", "th" -> {
                    if (lineStarted) {
                        write(element.previousElementSibling() == null ? " " : " | ");
                    }
                }
                case "img" -> write(element.attr("alt"));
                case "hr" -> {
                    paragraph();
                    write("---");
                    paragraph();
                }
                default -> boundary(name);
            }
        }

        @Override
        public void tail(Node node, int depth) {
            if (!(node instanceof Element element)) {
                return;
            }
            var name = element.normalName();
            if (HIDDEN.contains(name)) {
                hidden--;
            }
            if (hidden > 0) {
                return;
            }
            switch (name) {
                case "blockquote" -> {
                    paragraph();
                    quotes--;
                }
                case "pre", "textarea" -> {
                    preformatted--;
                    paragraph();
                }
                case "a" -> link(element);
                default -> boundary(name);
            }
        }

        private void boundary(String name) {
            if (PARAGRAPHS.contains(name)) {
                paragraph();
            } else if (BLOCKS.contains(name)) {
                line();
            }
        }

        private static String marker(Element item) {
            var list = item.parent();
            if (list == null || !list.normalName().equals("ol")) {
                return "* ";
            }
            int number = 1;
            for (var before = item.previousElementSibling();
                    before != null && number < 1_000;
                    before = before.previousElementSibling()) {
                number++;
            }
            return number + ". ";
        }

        /** Where a link leads is text too, unless the words are the address themselves. */
        private void link(Element link) {
            var address = link.attr("href").strip();
            var lower = address.toLowerCase(Locale.ROOT);
            if (!lower.startsWith("http:") && !lower.startsWith("https:") && !lower.startsWith("mailto:")) {
                return;
            }
            var bare = address.replaceFirst("(?i)^(?:https?://|mailto:)", "").replaceFirst("/$", "");
            var words = link.text().strip();
            if (!words.isEmpty() && !bare.isEmpty() && !words.contains(bare)) {
                write(" <" + address + ">");
            }
        }

        private void write(String text) {
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c == '\n' && preformatted > 0) {
                    lineBreak();
                } else if (c == ' ' && preformatted > 0) {
                    begin();
                    out.append(c);
                } else if (c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' || c == '\u00a0') {
                    space = true;
                } else if (c != '\0' && c != '\ufeff') {
                    begin();
                    out.append(c);
                }
            }
        }

        private void begin() {
            if (!lineStarted) {
                if (!out.isEmpty()) {
                    out.repeat('\n', Math.max(1, lineEnds));
                }
                out.repeat("> ", Math.min(quotes, QUOTE_DEPTH_MAX));
                lineStarted = true;
            } else if (space) {
                out.append(' ');
            }
            space = false;
            lineEnds = 0;
        }

        private void lineBreak() {
            lineStarted = false;
            space = false;
            lineEnds = Math.min(lineEnds + 1, 2);
        }

        private void line() {
            if (lineStarted) {
                lineBreak();
            }
        }

        private void paragraph() {
            lineStarted = false;
            space = false;
            lineEnds = 2;
        }

        String text() {
            return out.toString();
        }
    }
}
