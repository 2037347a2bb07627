package org.postbag.backlog;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.ZipException;

/** Finds out what a file or folder is that someone names. */
public final class MailSources {

    private MailSources() {}

    /** What {@link #at} answers. */
    public sealed interface Sought {
        record There(MailSource source) implements Sought {}

        /** @param why one line: what was looked for, and what it is instead */
        record Not(String why) implements Sought {}
    }

    public static Sought at(Path path) {
        try {
            if (Files.isDirectory(path)) {
                return new Sought.There(MailFolder.of(path));
            }
            if (Files.exists(path) && !Files.isRegularFile(path)) {
                return new Sought.Not("\"%s\" is neither a file nor a folder".formatted(path));
            }
            var file = MailFile.of(path);
            boolean isMail = path.toString().endsWith(MailFile.ENDING);
            return switch (file.kind()) {
                case MBOX, MAIL, EMPTY -> new Sought.There(file);
                case OTHER ->
                    isMail
                            ? new Sought.There(file.asMail())
                            : new Sought.Not(
                                    "\"%s\" is neither an mbox (its first line is not one that begins \"From \", with a date) nor a mail"
                                            .formatted(path));
            };
        } catch (NoSuchFileException missing) {
            return new Sought.Not("there is no file or folder \"%s\"".formatted(path));
        } catch (AccessDeniedException denied) {
            return new Sought.Not("you may not read \"%s\"".formatted(path));
        } catch (ZipException | EOFException damaged) {
            return new Sought.Not("\"%s\" is compressed and damaged".formatted(path));
        } catch (IOException unreadable) {
            return new Sought.Not("\"%s\" can't be read".formatted(path));
        }
    }
}
