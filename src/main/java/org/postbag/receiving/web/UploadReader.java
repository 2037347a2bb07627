package org.postbag.receiving.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.tomcat.util.http.fileupload.FileItemStream;
import org.apache.tomcat.util.http.fileupload.FileUpload;
import org.apache.tomcat.util.http.fileupload.FileUploadException;
import org.apache.tomcat.util.http.fileupload.InvalidFileNameException;
import org.apache.tomcat.util.http.fileupload.MultipartStream.MalformedStreamException;
import org.apache.tomcat.util.http.fileupload.servlet.ServletRequestContext;
import org.postbag.receiving.ContactForm;
import org.postbag.receiving.ContactForm.File;

/**
 * Reads one multipart request as it streams in, within limits, and never to a temporary file: a file that is over a limit is passed over, and the fields
 * after it are still read.
 */
final class UploadReader {

    static final long REQUEST_BYTES_MAX = 250L * 1024 * 1024;
    /** Long enough for the largest form over a slow line; a request that trickles in for ever ends here. */
    private static final Duration REQUEST_MAX = Duration.ofMinutes(15);

    private static final int FIELDS_BYTES_MAX = 1024 * 1024;
    private static final int PARTS_MAX = 100;
    private static final int PART_HEADER_BYTES_MAX = 16 * 1024;

    private final boolean takeFiles;
    private final Clock clock;
    private final Map<String, List<String>> fields = new HashMap<>();
    private final List<File> files = new ArrayList<>();
    private final List<Upload.Refused> refused = new ArrayList<>();
    private Upload.Outcome outcome = Upload.Outcome.WHOLE;
    private int fileBytes;
    private int fieldBytes;

    /** @param takeFiles false to take the fields alone */
    UploadReader(boolean takeFiles, Clock clock) {
        this.takeFiles = takeFiles;
        this.clock = clock;
    }

    Upload read(HttpServletRequest request) throws IOException {
        var parts = new FileUpload();
        parts.setHeaderEncoding(UTF_8.name());
        parts.setPartHeaderSizeMax(PART_HEADER_BYTES_MAX);
        try {
            var part = parts.getItemIterator(new Limited(request, clock));
            for (int count = 0; part.hasNext(); count++) {
                if (count >= PARTS_MAX) {
                    outcome = Upload.Outcome.BROKEN;
                    break;
                }
                take(part.next());
            }
        } catch (FileUploadException | MalformedStreamException cutOffOrNoForm) {
            outcome = Upload.Outcome.BROKEN;
        } catch (Limited.Exceeded limit) {
            outcome = limit.outcome;
        }
        return new Upload(fields, files, refused, outcome);
    }

    private void take(FileItemStream part) throws IOException {
        if (part.getFieldName() == null) {
            return;
        }
        try (var in = part.openStream()) {
            if (part.isFormField()) {
                var value = in.readNBytes(FIELDS_BYTES_MAX - fieldBytes);
                fieldBytes += value.length;
                fields.computeIfAbsent(part.getFieldName(), name -> new ArrayList<>())
                        .add(new String(value, UTF_8));
            } else {
                takeFile(part, in);
            }
        }
    }

    private void takeFile(FileItemStream part, InputStream in) throws IOException {
        var given = nameOf(part);
        if (given.isEmpty()) {
            return;
        }
        int room = ContactForm.FILES_BYTES_MAX - fileBytes;
        var content = takeFiles ? in.readNBytes(room + 1) : new byte[0];
        var type = part.getContentType();
        var file = new File(given, type == null ? "" : type, content);
        if (!takeFiles) {
            refuse(file, Upload.Why.BUSY, Upload.Outcome.BUSY);
        } else if (content.length > room) {
            refuse(file, Upload.Why.TOO_LARGE, Upload.Outcome.TOO_LARGE);
        } else if (content.length == 0) {
            refuse(file, Upload.Why.EMPTY, outcome);
        } else if (files.size() == ContactForm.FILES_MAX) {
            refuse(file, Upload.Why.TOO_MANY, outcome);
        } else {
            files.add(file);
            fileBytes += content.length;
        }
    }

    private void refuse(File file, Upload.Why why, Upload.Outcome now) {
        refused.add(new Upload.Refused(file.name(), why));
        outcome = now;
    }

    private static String nameOf(FileItemStream part) {
        try {
            var name = part.getName();
            return name == null ? "" : name;
        } catch (InvalidFileNameException hasNul) {
            return hasNul.getName();
        }
    }

    /** A request whose body may not go on for ever. */
    private static final class Limited extends ServletRequestContext {

        private static final class Exceeded extends IOException {

            private final Upload.Outcome outcome;

            Exceeded(Upload.Outcome outcome) {
                this.outcome = outcome;
            }
        }

        private final Clock clock;
        private final Instant end;

        Limited(HttpServletRequest request, Clock clock) {
            super(request);
            this.clock = clock;
            this.end = clock.instant().plus(REQUEST_MAX);
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new FilterInputStream(super.getInputStream()) {
                private long left = REQUEST_BYTES_MAX;

                @Override
                public int read() throws IOException {
                    count(1);
                    return super.read();
                }

                @Override
                public int read(byte[] buffer, int offset, int length) throws IOException {
                    int read = super.read(buffer, offset, length);
                    count(read);
                    return read;
                }

                private void count(int read) throws Exceeded {
                    left -= read;
                    if (left < 0) {
                        throw new Exceeded(Upload.Outcome.TOO_LARGE);
                    }
                    if (clock.instant().isAfter(end)) {
                        throw new Exceeded(Upload.Outcome.BROKEN);
                    }
                }
            };
        }
    }
}
