package org.postbag.receiving.exports;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import org.postbag.extracting.FileReading;
import org.postbag.extracting.FileReading.Cut;
import org.postbag.extracting.Kind;
import org.postbag.receiving.Arrival;
import org.postbag.receiving.Identity;
import org.postbag.receiving.Receiver;

/** Cuts scanned batches into letters, at the separator sheets between them, before anything is stored. A file without a sheet is one letter. */
final class LetterCutting implements Cutting {

    private static final int BYTES_IN_A_MB = 1024 * 1024;

    private final FileReading reading;
    private final String mark;

    /** @param mark what the code on a separator sheet says */
    LetterCutting(FileReading reading, String mark) {
        this.reading = reading;
        this.mark = mark;
    }

    @Override
    public boolean endsWhole(Path file) throws IOException {
        return Kind.endsWhole(file);
    }

    @Override
    public Items open(Path file, Source source) throws IOException {
        try {
            return switch (reading.cut(file, mark)) {
                case Cut.Pieces cut -> new Letters(file, source, Digest.of(file), cut);
                case Cut.NotCut not ->
                    throw new BrokenExport("This is no scan that can be cut into letters (PDF, TIFF, JPEG or PNG): "
                            + not.reason().words());
            };
        } catch (UncheckedIOException away) {
            throw away.getCause();
        }
    }

    private final class Letters implements Items {

        private final Path file;
        private final Source source;
        private final byte[] digest;
        private final Cut.Pieces cut;
        private final Iterator<Cut.Piece> pieces;
        private int number;

        Letters(Path file, Source source, byte[] digest, Cut.Pieces cut) {
            this.file = file;
            this.source = source;
            this.digest = digest;
            this.cut = cut;
            this.pieces = cut.pieces().iterator();
        }

        @Override
        public @Nullable Arrival next() throws IOException {
            if (!pieces.hasNext()) {
                return null;
            }
            var piece = pieces.next();
            number++;
            byte[] content;
            try {
                content = reading.piece(file, piece);
            } catch (UncheckedIOException away) {
                throw away.getCause();
            }
            if (content.length == 0) {
                throw new BrokenExport("Letter " + number + " can't be cut out of the file");
            }
            if (content.length > Receiver.CONTENT_BYTES_MAX) {
                throw new BrokenExport(
                        "Letter %d is larger than %d MB".formatted(number, Receiver.CONTENT_BYTES_MAX / BYTES_IN_A_MB));
            }
            return Identity.letter(source.route(), digest, piece.from(), piece.to(), source.hash(), number, content);
        }

        @Override
        public String notes() {
            return cut.pieces().isEmpty() ? "It holds separator sheets only." : "";
        }

        @Override
        public void close() {
            // Nothing stays open between two letters.
        }
    }
}
