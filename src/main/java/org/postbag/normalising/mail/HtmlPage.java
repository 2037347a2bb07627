package org.postbag.normalising.mail;

import java.util.ArrayDeque;
import java.util.Locale;
import java.util.Set;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;

/**
 * Writes a page down while it is gone through: paragraphs, lists with their numbers and levels, tables row by row with cells apart, links with where they
 * lead, what pictures say in words, quotes marked with {@code >}.
 */
final class HtmlPage implements NodeVisitor {

    private static final Set<String> HIDDEN =
            Set.of("script", "style", "head", "title", "noscript", "template", "object", "svg");
    private static final Set<String> PARAGRAPHS = Set.of("p", "h1", "h2", "h3", "h4", "h5", "h6", "dl", "table");
    private static final Set<String> BLOCKS = Set.of(
            "div",
            "tr",
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
            "details",
            "summary",
            "body");
    private static final Set<String> LISTS = Set.of("ul", "ol", "menu", "dir");
    /** What keeps a row of a table from being written as one line. */
    private static final Set<String> UNLIKE_DATA = Set.of("table", "ul", "ol", "br", "pre", "blockquote", "hr");

    /** A row of data has few and short cells; a longer one is a way to lay out a page. */
    private static final int ROW_NODES_MAX = 200;

    private static final int LIST_LEVELS_MAX = 20;

    private final PageText page = new PageText();
    private final HtmlQuotes marks = new HtmlQuotes();
    private final ArrayDeque<ItemCount> lists = new ArrayDeque<>();
    private int hidden;

    /** Numbers the items of one list. */
    private static final class ItemCount {
        private final boolean ordered;
        private int next;

        ItemCount(Element list) {
            this.ordered = list.normalName().equals("ol");
            this.next = number(list.attr("start"), 1);
        }

        String marker(Element item) {
            if (!ordered) {
                return "* ";
            }
            int number = number(item.attr("value"), next);
            next = number + 1;
            return number + ". ";
        }

        private static int number(String written, int otherwise) {
            return written.matches("-?[0-9]{1,8}") ? Integer.parseInt(written) : otherwise;
        }
    }

    String text() {
        return page.text();
    }

    @Override
    public void head(Node node, int depth) {
        if (node instanceof TextNode text && hidden == 0) {
            page.write(text.getWholeText());
        } else if (node instanceof Element element) {
            var name = element.normalName();
            hidden += HIDDEN.contains(name) ? 1 : 0;
            if (hidden == 0) {
                marks.open(element);
                page.lineMark(marks.mark());
                open(element, name);
            }
        }
    }

    private void open(Element element, String name) {
        switch (name) {
            case "br" -> page.lineBreak();
            case "blockquote" -> page.quote();
            case "pre", "textarea" -> page.preformatted();
            case "li" -> item(element);
            case "tr" -> {
                page.line();
                page.row(isData(element));
            }
            case "td", "th" -> page.cell(element.previousElementSibling() == null);
            case "img" -> page.write(element.attr("alt"));
            case "hr" -> {
                page.paragraph();
                page.write("---");
                page.paragraph();
            }
            default -> {
                if (LISTS.contains(name)) {
                    listBoundary();
                    lists.push(new ItemCount(element));
                } else {
                    boundary(name);
                }
            }
        }
    }

    @Override
    public void tail(Node node, int depth) {
        if (!(node instanceof Element element)) {
            return;
        }
        var name = element.normalName();
        marks.close(element);
        page.lineMark(marks.mark());
        if (HIDDEN.contains(name)) {
            hidden--;
        } else if (hidden == 0) {
            close(element, name);
        }
    }

    private void close(Element element, String name) {
        switch (name) {
            case "blockquote" -> page.endQuote();
            case "pre", "textarea" -> page.endPreformatted();
            case "a" -> link(element);
            case "li" -> {
                page.indent(Math.max(0, lists.size() - 1));
                page.line();
            }
            case "tr" -> {
                page.row(false);
                page.line();
            }
            default -> {
                if (LISTS.contains(name)) {
                    lists.poll();
                    page.indent(lists.size());
                    listBoundary();
                } else {
                    boundary(name);
                }
            }
        }
    }

    private void boundary(String name) {
        if (PARAGRAPHS.contains(name)) {
            page.paragraph();
        } else if (BLOCKS.contains(name)) {
            page.line();
        }
    }

    /** A list is a paragraph of its own; one within it isn't. */
    private void listBoundary() {
        if (lists.isEmpty()) {
            page.paragraph();
        } else {
            page.line();
        }
    }

    private void item(Element item) {
        page.line();
        int level = Math.min(LIST_LEVELS_MAX, lists.size());
        var list = lists.peek();
        page.indent(Math.max(0, level - 1));
        page.mark(list == null ? "* " : list.marker(item));
        page.indent(level);
    }

    /** A row whose cells each hold a line at most. Looks at a few nodes only, so that tables within tables don't make it slow. */
    private static boolean isData(Element row) {
        int seen = 0;
        for (var cell : row.children()) {
            int paragraphs = 0;
            for (var within = cell.stream().iterator(); within.hasNext(); ) {
                var element = within.next();
                if (++seen > ROW_NODES_MAX || UNLIKE_DATA.contains(element.normalName())) {
                    return false;
                }
                paragraphs += element.normalName().equals("p") && element.hasText() ? 1 : 0;
            }
            if (paragraphs > 1) {
                return false;
            }
        }
        return true;
    }

    /** Where a link leads is text too, unless the words are the address themselves. */
    private void link(Element link) {
        var address = link.attr("href").strip();
        var lower = address.toLowerCase(Locale.ROOT);
        if (!lower.startsWith("http:") && !lower.startsWith("https:") && !lower.startsWith("mailto:")) {
            return;
        }
        var bare = bare(lower);
        var words = link.text().strip();
        if (!words.isEmpty()
                && !bare.isEmpty()
                && !words.toLowerCase(Locale.ROOT).contains(bare)) {
            page.write(" <" + address + ">");
        }
    }

    private static String bare(String address) {
        return address.replaceFirst("^(?:https?://(?:www\\.)?|mailto:)", "").replaceFirst("/$", "");
    }
}
