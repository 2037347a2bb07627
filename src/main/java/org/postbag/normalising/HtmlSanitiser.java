package org.postbag.normalising;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.owasp.html.CssSchema;
import org.owasp.html.HtmlPolicyBuilder;
import org.owasp.html.HtmlStreamEventProcessor;
import org.owasp.html.HtmlStreamEventReceiver;
import org.owasp.html.HtmlStreamEventReceiverWrapper;
import org.owasp.html.PolicyFactory;

/**
 * Makes a stranger's HTML fit to be shown in a sandboxed frame: no scripts, forms, frames or styles that reach outside, and nothing is loaded from anywhere,
 * save pictures where that is asked for.
 * Pictures that came with the mail ({@code cid:}) are blocked too, since no page serves them yet.
 */
public final class HtmlSanitiser {

    /** Longer pages are shown as text only. */
    public static final int HTML_CHARS_MAX = 2_000_000;

    /** Properties that say how text looks, and none that loads, covers or moves anything. */
    private static final CssSchema STYLES = CssSchema.withProperties(Set.of(
            "color",
            "background-color",
            "font-size",
            "font-style",
            "font-weight",
            "font-family",
            "text-align",
            "text-decoration",
            "text-indent",
            "line-height",
            "vertical-align",
            "white-space",
            "list-style-type",
            "border",
            "border-collapse",
            "border-color",
            "border-style",
            "border-width",
            "border-left",
            "border-right",
            "border-top",
            "border-bottom",
            "padding",
            "padding-left",
            "padding-right",
            "padding-top",
            "padding-bottom",
            "margin",
            "margin-left",
            "margin-right",
            "margin-top",
            "margin-bottom",
            "width",
            "max-width",
            "height"));

    private static final Pattern EMBEDDED_PICTURE =
            Pattern.compile("data:image/(?:png|gif|jpeg|webp);base64,[A-Za-z0-9+/=\\s]+", Pattern.CASE_INSENSITIVE);

    private static final Pattern REMOTE_PICTURE = Pattern.compile("\\s*https?://\\S+\\s*", Pattern.CASE_INSENSITIVE);

    private static final PolicyFactory POLICY = policy(EMBEDDED_PICTURE);
    private static final PolicyFactory POLICY_WITH_REMOTE_PICTURES =
            policy(Pattern.compile(EMBEDDED_PICTURE + "|" + REMOTE_PICTURE, Pattern.CASE_INSENSITIVE));

    private static PolicyFactory policy(Pattern pictures) {
        return new HtmlPolicyBuilder()
                .allowElements(
                        "p",
                        "div",
                        "span",
                        "br",
                        "hr",
                        "h1",
                        "h2",
                        "h3",
                        "h4",
                        "h5",
                        "h6",
                        "b",
                        "strong",
                        "i",
                        "em",
                        "u",
                        "s",
                        "strike",
                        "del",
                        "ins",
                        "small",
                        "big",
                        "sub",
                        "sup",
                        "tt",
                        "code",
                        "pre",
                        "kbd",
                        "samp",
                        "blockquote",
                        "q",
                        "cite",
                        "abbr",
                        "address",
                        "center",
                        "font",
                        "ul",
                        "ol",
                        "li",
                        "dl",
                        "dt",
                        "dd",
                        "table",
                        "caption",
                        "thead",
                        "tbody",
                        "tfoot",
                        "tr",
                        "td",
                        "th",
                        "a",
                        "img")
                .allowWithoutAttributes("span", "font", "a", "img")
                .allowAttributes("colspan", "rowspan")
                .matching(Pattern.compile("[0-9]{1,3}"))
                .onElements("td", "th")
                .allowAttributes("align", "valign")
                .matching(Pattern.compile("[a-zA-Z]{1,10}"))
                .onElements("p", "div", "td", "th", "tr", "table", "img", "h1", "h2", "h3", "h4", "h5", "h6")
                .allowAttributes("width", "height", "border", "cellpadding", "cellspacing")
                .matching(Pattern.compile("[0-9]{1,4}%?"))
                .onElements("table", "td", "th", "tr", "img", "hr")
                .allowAttributes("color", "face", "size")
                .matching(Pattern.compile("[#a-zA-Z0-9 ,+-]{1,60}"))
                .onElements("font")
                .allowAttributes("bgcolor")
                .matching(Pattern.compile("#?[a-zA-Z0-9]{1,20}"))
                .onElements("table", "tr", "td", "th")
                .allowAttributes("type", "start")
                .matching(Pattern.compile("[a-zA-Z0-9]{1,8}"))
                .onElements("ol", "ul", "li")
                .allowAttributes("dir")
                .matching(Pattern.compile("ltr|rtl|auto", Pattern.CASE_INSENSITIVE))
                .globally()
                .allowAttributes("lang")
                .matching(Pattern.compile("[a-zA-Z-]{1,20}"))
                .globally()
                .allowAttributes("alt", "title")
                .globally()
                .allowStyling(STYLES)
                .allowUrlProtocols("http", "https", "mailto", "tel", "data")
                .allowAttributes("href")
                .matching(HtmlSanitiser::link)
                .onElements("a")
                .allowAttributes("src")
                .matching(pictures)
                .onElements("img")
                .requireRelsOnLinks("noopener", "noreferrer", "nofollow")
                .withPreprocessor(NewWindow.PROCESSOR)
                .allowAttributes("target")
                .matching(Pattern.compile("_blank"))
                .onElements("a")
                .toFactory();
    }

    private HtmlSanitiser() {}

    /**
     * @param html safe to show; a fragment without html, head and body
     * @param blockedRemoteCount pictures and other things that would have been loaded from outside, or from the mail itself
     * @param remotePictureCount those of them that {@link #sanitiseWithRemotePictures} lets through
     */
    public record Sanitised(String html, int blockedRemoteCount, int remotePictureCount) {}

    public static Sanitised sanitise(String html) {
        return sanitise(html, POLICY);
    }

    /** Likewise, but pictures are loaded from where the sender put them, who learns by that when and from where the mail was opened. */
    public static Sanitised sanitiseWithRemotePictures(String html) {
        return sanitise(html, POLICY_WITH_REMOTE_PICTURES);
    }

    private static Sanitised sanitise(String html, PolicyFactory policy) {
        var page = html.length() > HTML_CHARS_MAX ? html.substring(0, HTML_CHARS_MAX) : html;
        var parsed = org.jsoup.Jsoup.parse(page);
        int pictures = (int) parsed.select("img[src]").stream()
                .filter(picture -> REMOTE_PICTURE.matcher(picture.attr("src")).matches())
                .count();
        return new Sanitised(policy.sanitize(page), remoteCount(parsed), pictures);
    }

    private static @Nullable String link(String element, String attribute, String value) {
        var lower = value.strip().toLowerCase(Locale.ROOT);
        boolean safe = List.of("http:", "https:", "mailto:", "tel:").stream().anyMatch(lower::startsWith);
        return safe ? value : null;
    }

    private static int remoteCount(org.jsoup.nodes.Document page) {
        int count = 0;
        for (var element : page.select(
                "[src], [background], [srcset], [poster], link[href], object[data], [style*=url(], image")) {
            var source = element.attr("src").strip();
            if (!EMBEDDED_PICTURE.matcher(source).matches()) {
                count++;
            }
        }
        for (var style : page.select("style")) {
            count += style.data().toLowerCase(Locale.ROOT).split("url\\(|@import", -1).length - 1;
        }
        return count;
    }

    /** Links open beside the page of staff, never in its place. */
    private static final class NewWindow extends HtmlStreamEventReceiverWrapper {

        private static final HtmlStreamEventProcessor PROCESSOR = NewWindow::new;

        NewWindow(HtmlStreamEventReceiver underlying) {
            super(underlying);
        }

        @Override
        public void openTag(String element, List<String> attributes) {
            if (element.equals("a")) {
                var opened = new java.util.ArrayList<String>();
                for (int i = 0; i + 1 < attributes.size(); i += 2) {
                    if (!attributes.get(i).equalsIgnoreCase("target")) {
                        opened.add(attributes.get(i));
                        opened.add(attributes.get(i + 1));
                    }
                }
                opened.add("target");
                opened.add("_blank");
                super.openTag(element, opened);
            } else {
                super.openTag(element, attributes);
            }
        }
    }
}
