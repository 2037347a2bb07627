package org.postbag.search;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postbag.enquiries.Enquiries;
import org.postbag.enquiries.Enquiry;
import org.postbag.search.lucene.Marking;

/** Says of each hit on a page why it was found: by a stretch of its text, else of a file that came with it. Files are read only where the text shows nothing. */
final class Snippets {

    private static final String READ = "read";

    private final Enquiries enquiries;
    private final Marking marking;
    private int fileCharactersLeft;

    /** @param fileCharacters how much of files is looked through in all */
    Snippets(Enquiries enquiries, Marking marking, int fileCharacters) {
        this.enquiries = enquiries;
        this.marking = marking;
        this.fileCharactersLeft = fileCharacters;
    }

    /** @param file the name of the file that it is of, or null */
    record Snippet(List<Segment> segments, @Nullable String file) {}

    List<Segment> subject(@Nullable String subject) {
        return subject == null ? List.of() : marking.subject(subject);
    }

    Snippet of(Enquiry enquiry, List<Enquiry.File> files) {
        var inText = marking.hit(enquiry.text());
        if (inText.isPresent()) {
            return new Snippet(inText.get(), null);
        }
        boolean inSubject = subject(enquiry.subject()).stream().anyMatch(Segment::marked);
        return inSubject ? new Snippet(marking.beginning(enquiry.reply()), null) : ofFiles(enquiry, files);
    }

    private Snippet ofFiles(Enquiry enquiry, List<Enquiry.File> files) {
        for (var file : files) {
            if (fileCharactersLeft <= 0) {
                break;
            }
            if (READ.equals(file.textState())) {
                var text = enquiries
                        .fileText(enquiry.id(), file.position(), Math.min(Marking.TEXT_LENGTH_MAX, fileCharactersLeft))
                        .orElse("");
                fileCharactersLeft -= text.length();
                var inFile = marking.hit(text);
                if (inFile.isPresent()) {
                    return new Snippet(inFile.get(), file.name());
                }
            }
        }
        return new Snippet(marking.beginning(enquiry.reply()), null);
    }
}
