package org.postbag.receiving.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.crypto.tink.subtle.AesGcmJce;
import com.google.crypto.tink.subtle.Hex;
import com.google.crypto.tink.subtle.Hkdf;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.postbag.receiving.ContactForm;
import org.postbag.receiving.ContactForm.File;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/**
 * Files that came with a form which could not be taken in yet, so that nobody has to choose them again. They are encrypted under a key that is derived
 * from the form's own and stored nowhere: only the page that carries the form's key can have them back. They go an hour after the page was last sent.
 */
@Component
class KeptFiles {

    private static final Logger LOG = LoggerFactory.getLogger(KeptFiles.class);
    private static final Duration AGE_MAX = Duration.ofHours(1);
    private static final long FOLDERS_BYTES_MAX = 1024L * 1024 * 1024;
    private static final int AES_KEY_BYTES = 32;

    private final Path folder;
    private final Clock clock;

    /** @param id names the file on the page; says nothing about it */
    record Kept(String id, File file) {}

    KeptFiles(@Value("${postbag.data}") Path data, Clock clock) {
        this.folder = data.toAbsolutePath().resolve("form-files");
        this.clock = clock;
    }

    /** The files of a form, in the order in which they came. */
    List<Kept> of(FormKey key) throws IOException {
        var kept = new ArrayList<Kept>();
        for (var path : paths(folderOf(key))) {
            var id = path.getFileName().toString();
            try {
                kept.add(new Kept(id, decrypted(key, id, Files.readAllBytes(path))));
            } catch (NoSuchFileException cleaned) {
                // The hour was over between the listing and now: as if it had been a moment earlier.
                LOG.debug("A kept file went while it was read");
            }
        }
        return kept;
    }

    /** Keeps exactly these files for a form, in this order, and starts its hour again. Keeps none where there is no more room; the page then says so. */
    List<Kept> replace(FormKey key, List<File> files) throws IOException {
        var own = folderOf(key);
        if (files.isEmpty()) {
            FileSystemUtils.deleteRecursively(own);
            return List.of();
        }
        if (files.size() > ContactForm.FILES_MAX || bytesKept() > FOLDERS_BYTES_MAX) {
            return List.of();
        }
        Files.createDirectories(own);
        var before = paths(own);
        var kept = new ArrayList<Kept>();
        long number = before.isEmpty()
                ? 1
                : 1 + Long.parseLong(before.getLast().getFileName().toString());
        for (var file : files) {
            var id = String.format("%08d", number++);
            var temporary = own.resolve(id + ".part");
            Files.write(temporary, encrypted(key, id, file));
            Files.move(temporary, own.resolve(id), StandardCopyOption.ATOMIC_MOVE);
            kept.add(new Kept(id, file));
        }
        for (var path : before) {
            Files.deleteIfExists(path);
        }
        return kept;
    }

    /** Removes what is older than an hour. */
    @Scheduled(fixedDelayString = "PT5M", initialDelayString = "PT1M")
    void clean() throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        var oldest = Instant.now(clock).minus(AGE_MAX);
        try (var forms = Files.list(folder)) {
            for (var form : (Iterable<Path>) forms::iterator) {
                if (Files.getLastModifiedTime(form).toInstant().isBefore(oldest)) {
                    FileSystemUtils.deleteRecursively(form);
                }
            }
        }
    }

    private long bytesKept() throws IOException {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        try (var all = Files.walk(folder)) {
            return all.mapToLong(KeptFiles::sizeOf).sum();
        } catch (UncheckedIOException cleaned) {
            throw cleaned.getCause();
        }
    }

    private static long sizeOf(Path path) {
        try {
            return Files.isRegularFile(path) ? Files.size(path) : 0;
        } catch (NoSuchFileException cleaned) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> paths(Path own) throws IOException {
        if (!Files.isDirectory(own)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(own)) {
            return files.filter(p -> !p.toString().endsWith(".part")).sorted().toList();
        }
    }

    private Path folderOf(FormKey key) {
        return folder.resolve(Hex.encode(derived(key, "folder")));
    }

    private static byte[] encrypted(FormKey key, String id, File file) throws IOException {
        var plain = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(plain)) {
            out.writeUTF(file.name());
            out.writeUTF(file.type());
            out.write(file.content());
        }
        try {
            return new AesGcmJce(derived(key, "content")).encrypt(plain.toByteArray(), id.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private static File decrypted(FormKey key, String id, byte[] bytes) throws IOException {
        try {
            var plain = new AesGcmJce(derived(key, "content")).decrypt(bytes, id.getBytes(UTF_8));
            try (var in = new DataInputStream(new ByteArrayInputStream(plain))) {
                return new File(in.readUTF(), in.readUTF(), in.readAllBytes());
            }
        } catch (GeneralSecurityException e) {
            throw new IOException("A kept file is damaged", e);
        }
    }

    private static byte[] derived(FormKey key, String purpose) {
        var secret = Base64.getUrlDecoder().decode(key.value());
        try {
            return Hkdf.computeHkdf(
                    "HMACSHA256",
                    secret,
                    new byte[0],
                    ("postbag form files " + purpose).getBytes(UTF_8),
                    AES_KEY_BYTES);
        } catch (GeneralSecurityException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
