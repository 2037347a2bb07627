package org.postbag.normalising.mail;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Set;
import org.jsoup.nodes.Element;

/**
 * Knows the elements in which mail programs put what they quote and signatures, by the ids and classes that they give them: so a quote is told in any
 * language. Is told of each element of a page, in order.
 */
final class HtmlQuotes {

    /** Elements that hold a quote whole. */
    private static final Set<String> QUOTES = Set.of(
            "yahoo_quoted",
            "moz-cite-prefix",
            "moz-forward-container",
            "moz-email-headers-table",
            "protonmail_quote",
            "tutanota_quote",
            "zmail_extra",
            "gmail_attr",
            "reply-intro",
            "reply-intro-quote",
            "isreplycontent",
            "isforwardcontent",
            "mail-app-auto-quote",
            "olk_src_body_section",
            "ms-outlook-mobile-reference-message",
            "mail-editor-reference-message-container",
            "wiseembedquote",
            "orimsghtmlseperator");

    /** Elements after which all is a quote, to the end of the page. */
    private static final Set<String> BEGINNINGS = Set.of(
            "divrplyfwdmsg",
            "appendonsend",
            "outlookmessageheader",
            "stopspelling",
            "zwchr",
            "replysplit",
            "divider_quoted_text");

    private static final Set<String> SIGNATURES = Set.of(
            "gmail_signature",
            "gmail_signature_prefix",
            "moz-signature",
            "protonmail_signature_block",
            "applemailsignature",
            "ms-outlook-mobile-signature",
            "signature",
            "yahoo_signature",
            "ymail_android_signature",
            "mail-signature");

    private static final String GMAIL = "gmail_quote";
    private static final int BORDERS_LOOKED_AT_MAX = 20;
    private static final int LABELS_MIN = 3;

    private final Deque<Element> quotes = new ArrayDeque<>();
    private final Deque<Element> signatures = new ArrayDeque<>();
    private boolean restIsQuoted;
    private int borders;

    void open(Element element) {
        var name = element.normalName();
        if (name.equals("blockquote")) {
            // In Gmail's element answers may stand between the blocks; only what stands above them is its own.
            if (!quotes.isEmpty() && quotes.peek() == element.parent() && isGmail(element.parent())) {
                quotes.pop();
            }
            if (element.attr("type").equalsIgnoreCase("cite")) {
                quotes.push(element);
            }
            return;
        }
        if (isGmail(element) || isNamed(element, QUOTES)) {
            quotes.push(element);
        } else if (isNamed(element, SIGNATURES)) {
            signatures.push(element);
        } else if (isNamed(element, BEGINNINGS) || isOutlookBorder(element)) {
            restIsQuoted = true;
        }
    }

    void close(Element element) {
        if (quotes.peek() == element) {
            quotes.pop();
        }
        if (signatures.peek() == element) {
            signatures.pop();
        }
    }

    /** What goes before a line that begins here. */
    String mark() {
        if (restIsQuoted || !quotes.isEmpty()) {
            return String.valueOf(QuotedLines.QUOTED);
        }
        return signatures.isEmpty() ? "" : String.valueOf(QuotedLines.SIGNED);
    }

    private static boolean isGmail(Element element) {
        return element.normalName().equals("div") && element.hasClass(GMAIL);
    }

    private static boolean isNamed(Element element, Set<String> names) {
        if (element.attributesSize() == 0) {
            return false;
        }
        if (names.contains(bare(element.id()))) {
            return true;
        }
        for (var name : element.className().split("\\s+", 8)) {
            if (!name.isEmpty() && names.contains(bare(name))) {
                return true;
            }
        }
        return false;
    }

    /** Outlook puts a prefix before the names in what it quotes. */
    private static String bare(String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        while (lower.startsWith("x_")) {
            lower = lower.substring(2);
        }
        return lower;
    }

    /** Outlook on the desktop gives its copy of the header a border above, and no name. */
    private boolean isOutlookBorder(Element element) {
        if (!element.normalName().equals("div") || borders >= BORDERS_LOOKED_AT_MAX) {
            return false;
        }
        var style = element.attr("style").replace(" ", "").toLowerCase(Locale.ROOT);
        if (!style.startsWith("border:none;border-top:solid")) {
            return false;
        }
        borders++;
        return element.select("b").stream()
                        .limit(LABELS_MIN)
                        .filter(label -> label.text().strip().endsWith(":")
                                || label.text().strip().endsWith("："))
                        .count()
                == LABELS_MIN;
    }
}
