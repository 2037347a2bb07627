package org.postbag.normalising.mail;

/** Parts whose content, or the rest of it, is somewhere else: pieces of a message that was cut up, and files that were only pointed to (RFC 2046, 5.2.2 and 5.2.3). */
final class ElsewhereText {

    static final String PIECE =
            "This is one piece of a message that its sender's program cut up; the others come as messages of their own.";
    static final String ELSEWHERE =
            "A file is not in the message: its sender left it somewhere else, and the text says where. It was not fetched.";

    private ElsewhereText() {}

    static boolean isPiece(FieldValue type) {
        return type.is("message/partial");
    }

    static boolean isElsewhere(FieldValue type) {
        return type.is("message/external-body");
    }

    /** Where the file is, as its sender's program wrote it. */
    static String where(FieldValue type) {
        var where = new StringBuilder("[A file that is not in the mail:");
        // A long address is cut up by spaces, which are no part of it (RFC 2017).
        append(where, type.parameterOrEmpty("url").replaceAll("\\s", ""));
        for (var said : new String[] {"site", "server", "directory", "name", "subject"}) {
            append(where, type.parameterOrEmpty(said).strip());
        }
        return where.append(']').toString();
    }

    private static void append(StringBuilder where, String word) {
        where.append(word.isEmpty() ? "" : " ").append(word);
    }
}
