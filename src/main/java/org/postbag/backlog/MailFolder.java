package org.postbag.backlog;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A folder with mails, and all folders in it: Maildirs, with those within them, mailboxes as mbox files, and mails as files of their own. In a Maildir what
 * lies in {@code new} and {@code cur} is mail and nothing else is; mail programs may deliver and move there meanwhile. Symbolic links are not followed.
 */
final class MailFolder implements MailSource {

    private static final Set<String> OF_MAILDIR = Set.of("new", "cur", "tmp");
    /** A Maildir in use gets mail while it is read; what comes after the last look is for the next import. */
    private static final int LOOKS_MAX = 5;

    private final Path path;
    private final List<Listed> first;
    private final List<Found> unread = new ArrayList<>();

    private MailFolder(Path path) throws IOException {
        this.path = path;
        this.first = list();
    }

    /** @throws IOException if it can't be looked into at all */
    static MailFolder of(Path path) throws IOException {
        return new MailFolder(path);
    }

    private record Listed(Path file, boolean inMaildir, long bytes) {

        /** What stays the same while a mail program moves it or sets its flags. */
        String key() {
            if (!inMaildir) {
                return file.toString();
            }
            var folder = String.valueOf(file.getParent());
            return folder.substring(0, folder.length() - "cur".length()) + unique();
        }

        private String unique() {
            var name = String.valueOf(file.getFileName());
            int flags = name.lastIndexOf(":2,");
            return flags < 0 ? name : name.substring(0, flags);
        }
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public long bytes() {
        return first.stream().mapToLong(Listed::bytes).sum();
    }

    @Override
    public void each(Consumer<Found> found, LongConsumer read) throws IOException {
        var seen = new HashSet<String>();
        var listed = first;
        for (int look = 1; look <= LOOKS_MAX; look++) {
            int before = seen.size();
            for (var one : listed) {
                if (seen.add(one.key())) {
                    each(one, found, read);
                }
            }
            if (seen.size() == before) {
                break;
            }
            listed = list();
        }
        unread.forEach(found);
    }

    private void each(Listed one, Consumer<Found> found, LongConsumer read) {
        try {
            var file = MailFile.of(one.file());
            boolean isMail = one.inMaildir()
                    || (one.file().toString().endsWith(MailFile.ENDING) && file.kind() != MailFile.Kind.MBOX);
            (isMail ? file.asMail() : file).each(found, read);
        } catch (NoSuchFileException gone) {
            moved(one)
                    .ifPresentOrElse(
                            there -> each(there, found, read),
                            () -> found.accept(new Found.Nothing(
                                    one.file().toString(), "it was moved or deleted while the folder was read")));
        } catch (IOException unreadable) {
            found.accept(new Found.Unfit(one.file().toString(), "it can't be read, or not to its end"));
        }
    }

    /** A mail that a mail program moved from {@code new} to {@code cur}, or gave other flags. */
    private static Optional<Listed> moved(Listed one) {
        var maildir = one.inMaildir() ? one.file().resolveSibling("../cur").normalize() : null;
        if (maildir == null || !Files.isDirectory(maildir)) {
            return Optional.empty();
        }
        try (var files = Files.newDirectoryStream(
                maildir, file -> new Listed(file, true, 0).unique().equals(one.unique()))) {
            for (var file : files) {
                if (!file.equals(one.file())) {
                    return Optional.of(new Listed(file, true, Files.size(file)));
                }
            }
        } catch (IOException gone) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    private List<Listed> list() throws IOException {
        unread.clear();
        var looking = new Looking();
        Files.walkFileTree(path.toRealPath(), looking);
        return looking.listed;
    }

    private final class Looking extends SimpleFileVisitor<Path> {

        private final List<Listed> listed = new ArrayList<>();
        /** Whether each folder from the first one down to here is a Maildir. */
        private final Deque<Boolean> maildirs = new ArrayDeque<>();

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
            if (Boolean.TRUE.equals(maildirs.peek()) && OF_MAILDIR.contains(String.valueOf(folder.getFileName()))) {
                return FileVisitResult.SKIP_SUBTREE;
            }
            boolean isMaildir = isMaildir(folder);
            maildirs.push(isMaildir);
            if (isMaildir) {
                // In this order: what is moved from one to the other meanwhile is met at least once.
                add(folder.resolve("new"));
                add(folder.resolve("cur"));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException unreadable) {
            maildirs.pop();
            if (unreadable != null) {
                visitFileFailed(folder, unreadable);
            }
            return FileVisitResult.CONTINUE;
        }

        private void add(Path folder) {
            try (var files = Files.list(folder)) {
                for (var file : files.sorted().toList()) {
                    if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                        listed.add(new Listed(file, true, size(file)));
                    }
                }
            } catch (NoSuchFileException none) {
                return;
            } catch (IOException unreadable) {
                visitFileFailed(folder, unreadable);
            }
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isSymbolicLink()) {
                unread.add(new Found.Nothing(file.toString(), "it is a link, and links are not followed"));
            } else if (attributes.isRegularFile() && Boolean.FALSE.equals(maildirs.peek())) {
                listed.add(new Listed(file, false, attributes.size()));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException unreadable) {
            unread.add(new Found.Unfit(file.toString(), "it can't be looked into"));
            return FileVisitResult.CONTINUE;
        }
    }

    private static boolean isMaildir(Path folder) {
        return Files.isDirectory(folder.resolve("cur"), LinkOption.NOFOLLOW_LINKS)
                || Files.isDirectory(folder.resolve("new"), LinkOption.NOFOLLOW_LINKS)
                        && Files.isDirectory(folder.resolve("tmp"), LinkOption.NOFOLLOW_LINKS);
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException moved) {
            return 0;
        }
    }
}
