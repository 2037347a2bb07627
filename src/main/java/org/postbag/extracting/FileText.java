package org.postbag.extracting;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a file from outside says, or why that is not known. */
public sealed interface FileText {

    /**
     * @param pages those that were read, in order; a file without pages has one
     * @param pageCount how many it has
     * @param notes what was given up, in words and without personal data
     */
    record Read(List<Page> pages, int pageCount, List<String> notes) implements FileText {

        public Read {
            pages = List.copyOf(pages);
            notes = List.copyOf(notes);
        }

        /** All of it, pages parted by an empty line. */
        public String text() {
            return String.join(
                            "\n\n",
                            pages.stream()
                                    .map(Page::text)
                                    .filter(text -> !text.isBlank())
                                    .toList())
                    .strip();
        }
    }

    record NotRead(Reason reason) implements FileText {}

    /**
     * A page.
     *
     * @param confidence how surely it was read, from 0 to 100; 100 where the file holds its text as text
     */
    record Page(String text, int confidence) {}

    /** Why a file was not read. */
    enum Reason {
        ENCRYPTED("encrypted", "it is protected by a password"),
        BROKEN("broken", "it is damaged, or not what its name says"),
        TOO_LARGE("too-large", "it is larger than Postbag opens"),
        TOO_MUCH("too-much", "opening it took more time or memory than a file may take"),
        OTHER_KIND("other-kind", "Postbag reads no text from files of this kind"),
        NO_READER("no-reader", "this machine cannot read scans"),
        NO_PAGE("no-page", "it has no such page");

        private final String code;
        private final String words;

        Reason(String code, String words) {
            this.code = code;
            this.words = words;
        }

        public static Optional<Reason> of(String code) {
            return Arrays.stream(values())
                    .filter(reason -> reason.code.equals(code))
                    .findFirst();
        }

        /** Short and stable, as stored. */
        public String code() {
            return code;
        }

        /** What follows "Not read:". */
        public String words() {
            return words;
        }
    }
}
