package org.postbag.normalising.mail;

/** Text from bytes that say nothing about their charset. */
public final class PlainText {

    private PlainText() {}

    /** Never fails; lines end in {@code \n}. */
    public static String of(byte[] content, boolean html) {
        var text = TextLines.ends(Charsets.decode(Slice.of(content), null, new Damage()));
        return html ? HtmlText.of(text) : text;
    }
}
