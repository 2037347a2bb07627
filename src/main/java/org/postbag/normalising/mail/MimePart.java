package org.postbag.normalising.mail;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A message or a part of one, as {@link MimeTree} found it. */
final class MimePart {

    /** What a part is made of. */
    enum Kind {
        LEAF,
        MULTIPART,
        /** A message within the message, as its only child. */
        MESSAGE
    }

    final Headers headers = new Headers();
    final List<MimePart> children = new ArrayList<>();
    Kind kind = Kind.LEAF;
    FieldValue type = FieldValue.TEXT_PLAIN;
    /** False where nothing said what the part is, so that its content may tell. */
    boolean typeDeclared;

    /** What staff say that its text is in. */
    @Nullable
    Charset charsetSet;

    int from;
    int to = -1;
    /** Where the text before the first child ends and where that after the last begins; only of a multipart. */
    int preambleTo = -1;

    int epilogueFrom = -1;

    /** What delimits the children, and what turned out to when the declared one did not come. */
    @Nullable
    String boundary;

    @Nullable
    String adoptedBoundary;

    /** Other open multiparts with equal boundaries, which this one hides while it is open. */
    @Nullable
    MimePart hidden;

    @Nullable
    MimePart hiddenByAdopted;

    boolean isBetweenParts() {
        return kind == Kind.MULTIPART && (children.isEmpty() || epilogueFrom >= 0);
    }
}
