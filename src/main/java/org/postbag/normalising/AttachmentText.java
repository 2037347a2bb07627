package org.postbag.normalising;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.postbag.extracting.FileReading;
import org.postbag.extracting.FileText;
import org.postbag.extracting.Kind;
import org.postbag.normalising.mail.PlainText;

/** What an attachment says. Text and HTML are read here, all else where files from outside are opened. */
public final class AttachmentText {

    private static final int TEXT_BYTES_MAX = 5 * 1024 * 1024;
    private static final Set<String> HTML_ENDINGS = Set.of("htm", "html", "xhtml");
    private static final Set<String> TEXT_ENDINGS =
            Set.of("txt", "text", "csv", "tsv", "md", "log", "xml", "json", "ics", "vcf");

    private AttachmentText() {}

    /**
     * Never fails over the file itself.
     *
     * @throws java.io.UncheckedIOException if what opens files is away: it may be asked again
     */
    public static FileText of(Attachment attachment, FileReading files) {
        if (!isText(attachment)) {
            return files.text(attachment.content());
        }
        if (attachment.size() > TEXT_BYTES_MAX) {
            return new FileText.NotRead(FileText.Reason.TOO_LARGE);
        }
        try {
            var text = PlainText.of(attachment.content(), isHtml(attachment));
            return new FileText.Read(List.of(new FileText.Page(text, 100)), 1, List.of());
        } catch (RuntimeException | StackOverflowError broken) {
            return new FileText.NotRead(FileText.Reason.BROKEN);
        }
    }

    /** By what is said of it, unless its first bytes belie that. */
    private static boolean isText(Attachment attachment) {
        boolean said = attachment.type().startsWith("text/")
                || isHtml(attachment)
                || TEXT_ENDINGS.contains(ending(attachment));
        return said && !Kind.isNoText(attachment.content());
    }

    private static boolean isHtml(Attachment attachment) {
        return attachment.type().equals("text/html")
                || attachment.type().equals("application/xhtml+xml")
                || HTML_ENDINGS.contains(ending(attachment));
    }

    private static String ending(Attachment attachment) {
        var name = attachment.name();
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }
}
