package org.postbag.extracting;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.postbag.extracting.FileReading.Cut;
import org.postbag.extracting.SeparatorSheet.Found;

/** Opens files in this very process. Time and memory are watched by the one that started it: see {@link ReadingProcess}. */
final class Opening {

    /** A letter has fewer; of a longer file the rest is left unread, and that is said. */
    static final int PAGES_READ_MAX = 100;

    /** No more is begun after this; what was read until then counts. */
    private static final Duration READING_MAX = Duration.ofSeconds(100);

    /** A page with fewer letters as text is a picture with a stamp or a page number. */
    private static final int TEXT_LETTERS_MIN = 20;

    private static final int READING_DPI = 300;
    private static final int LOOKING_DPI = 100;

    private final Supplier<Ocr> maker;
    private @Nullable Ocr ocr;

    /** @param maker of the reader of scans, asked once it is needed */
    Opening(Supplier<Ocr> maker) {
        this.maker = maker;
    }

    FileText text(byte[] content) {
        if (content.length == 0) {
            return new FileText.NotRead(FileText.Reason.BROKEN);
        }
        try {
            var office = Kind.of(content).isPresent() ? Optional.<String>empty() : OfficeText.of(content);
            if (office.isPresent()) {
                return new FileText.Read(List.of(new FileText.Page(office.get(), 100)), 1, List.of());
            }
        } catch (Unopened unopened) {
            return new FileText.NotRead(unopened.reason());
        } catch (IOException | RuntimeException | StackOverflowError broken) {
            return new FileText.NotRead(FileText.Reason.BROKEN);
        }
        try (var scan = open(content)) {
            return read(scan);
        } catch (Unopened unopened) {
            return new FileText.NotRead(unopened.reason());
        } catch (IOException | RuntimeException | StackOverflowError broken) {
            return new FileText.NotRead(FileText.Reason.BROKEN);
        } catch (LinkageError none) {
            return new FileText.NotRead(FileText.Reason.NO_READER);
        }
    }

    private FileText read(Scan scan) throws IOException {
        long end = System.nanoTime() + READING_MAX.toNanos();
        var pages = new ArrayList<FileText.Page>();
        var notes = new ArrayList<String>();
        int failed = 0;
        int last = Math.min(scan.pageCount(), PAGES_READ_MAX);
        int page = 0;
        for (; page < last && System.nanoTime() < end; page++) {
            try {
                pages.add(read(scan, page));
            } catch (Unopened unopened) {
                if (last == 1) {
                    throw unopened;
                }
                failed++;
            } catch (IOException | RuntimeException | StackOverflowError broken) {
                if (last == 1) {
                    throw new Unopened(FileText.Reason.BROKEN);
                }
                failed++;
            }
        }
        if (failed == page) {
            return new FileText.NotRead(FileText.Reason.BROKEN);
        }
        if (failed > 0) {
            notes.add(failed == 1 ? "One page could not be read." : failed + " pages could not be read.");
        }
        if (page < scan.pageCount()) {
            notes.add("Only the first %d of %,d pages were read.".formatted(page, scan.pageCount()));
        }
        return new FileText.Read(pages, scan.pageCount(), notes);
    }

    private FileText.Page read(Scan scan, int page) throws IOException {
        var text = scan.text(page);
        if (text.chars().filter(Character::isLetterOrDigit).count() >= TEXT_LETTERS_MIN) {
            return new FileText.Page(text, 100);
        }
        var picture = scan.picture(page, READING_DPI);
        if (picture.isBlank()) {
            return new FileText.Page(text, 100);
        }
        var read = ocr().read(picture);
        return new FileText.Page(read.text(), read.confidence());
    }

    PagePicture picture(byte[] content, int page, int width) {
        try (var scan = open(content)) {
            // An animation's further pictures only say what changes: alone they show nothing.
            int pageCount = Kind.of(content).filter(kind -> kind == Kind.GIF).isPresent() ? 1 : scan.pageCount();
            return page < 0 || page >= pageCount
                    ? new PagePicture.NotShown(FileText.Reason.NO_PAGE)
                    : new PagePicture.Shown(scan.shown(page, width).packed(), pageCount);
        } catch (Unopened unopened) {
            return new PagePicture.NotShown(unopened.reason());
        } catch (IOException | RuntimeException | StackOverflowError broken) {
            return new PagePicture.NotShown(FileText.Reason.BROKEN);
        }
    }

    Cut cut(Path file, String mark) {
        try (var scan = open(Files.readAllBytes(file))) {
            return cut(scan, mark);
        } catch (Unopened unopened) {
            return new Cut.NotCut(unopened.reason());
        } catch (IOException | RuntimeException | StackOverflowError broken) {
            return new Cut.NotCut(FileText.Reason.BROKEN);
        }
    }

    /** The back of a sheet, which is blank, goes with it. A page that can't be looked at belongs to the letter it lies in. */
    private static Cut cut(Scan scan, String mark) {
        int pages = scan.pageCount();
        if (pages == 1) {
            return new Cut.Pieces(List.of(new Cut.Piece(0, 1, true)), 1);
        }
        var pieces = new ArrayList<Cut.Piece>();
        int from = 0;
        boolean afterSheet = false;
        for (int page = 0; page < pages; page++) {
            var picture = looked(scan, page);
            var found = picture.map(p -> SeparatorSheet.on(p, mark)).orElse(Found.NO);
            boolean back = afterSheet && picture.filter(GrayPage::isBlank).isPresent();
            if (found != Found.NO || back) {
                if (page > from) {
                    pieces.add(new Cut.Piece(from, page, false));
                }
                from = found == Found.AND_MORE ? page : page + 1;
            }
            afterSheet = found == Found.SHEET;
        }
        if (pages > from) {
            pieces.add(new Cut.Piece(from, pages, from == 0));
        }
        return new Cut.Pieces(pieces, pages);
    }

    private static Optional<GrayPage> looked(Scan scan, int page) {
        try {
            return Optional.of(scan.picture(page, LOOKING_DPI));
        } catch (IOException | RuntimeException | StackOverflowError broken) {
            return Optional.empty();
        }
    }

    /** @throws IOException if the piece can't be cut out */
    byte[] piece(Path file, int from, int to) throws IOException {
        try (var scan = open(Files.readAllBytes(file))) {
            return scan.pages(from, to);
        }
    }

    private static Scan open(byte[] content) throws IOException {
        var kind = Kind.of(content).orElseThrow(() -> new Unopened(FileText.Reason.OTHER_KIND));
        return kind == Kind.PDF ? PdfScan.open(content) : PictureScan.open(content, kind);
    }

    private Ocr ocr() {
        var made = ocr;
        if (made == null) {
            made = maker.get();
            ocr = made;
        }
        return made;
    }
}
