package org.postbag.extracting;

import java.nio.file.Path;
import java.util.List;

/** Opens files from outside. What they do to whoever opens them, they do to a process of its own. Safe to call from many threads; slow. */
public interface FileReading {

    /** Where nothing can be opened. */
    FileReading NONE = new FileReading() {
        @Override
        public FileText text(byte[] content) {
            return new FileText.NotRead(FileText.Reason.NO_READER);
        }

        @Override
        public PagePicture picture(byte[] content, int page, int width) {
            return new PagePicture.NotShown(FileText.Reason.NO_READER);
        }

        @Override
        public Cut cut(Path file, String mark) {
            return new Cut.NotCut(FileText.Reason.NO_READER);
        }

        @Override
        public byte[] piece(Path file, Cut.Piece piece) {
            throw new IllegalStateException("Nothing was cut");
        }
    };

    /**
     * What a file says, told by its content what kind it is. A scan is read by OCR, page by page.
     *
     * @throws java.io.UncheckedIOException if no process can be started: the file may be given again
     */
    FileText text(byte[] content);

    /**
     * A page of a PDF or a picture as it looks. It is drawn anew from dots, so that no byte of the file reaches who looks at it.
     *
     * @param page from 0
     * @param width in dots, at most
     * @throws java.io.UncheckedIOException if no process can be started
     */
    PagePicture picture(byte[] content, int page, int width);

    /**
     * Where the letters of a batch begin and end: a page with a separator's mark belongs to none.
     *
     * @param file PDF, TIFF, JPEG or PNG
     * @param mark what the QR code of a separator sheet says
     */
    Cut cut(Path file, String mark);

    /** One letter of a batch, as a file of its own of the same kind. The whole file, as it is, where nothing was cut off. */
    byte[] piece(Path file, Cut.Piece piece);

    /** How a batch is cut. */
    sealed interface Cut {

        /** @param pageCount of the file */
        record Pieces(List<Piece> pieces, int pageCount) implements Cut {

            public Pieces {
                pieces = List.copyOf(pieces);
            }
        }

        record NotCut(FileText.Reason reason) implements Cut {}

        /**
         * Pages of a file.
         *
         * @param from the first, from 0
         * @param to behind the last
         * @param whole whether this is all there is
         */
        record Piece(int from, int to, boolean whole) {}
    }
}
