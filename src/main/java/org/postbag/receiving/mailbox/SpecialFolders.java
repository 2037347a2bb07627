package org.postbag.receiving.mailbox;

import jakarta.mail.MessagingException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.eclipse.angus.mail.imap.IMAPStore;

/** Folders by their use, such as {@code \\Sent}: servers call them by many names, and most say which is which (RFC 6154). */
final class SpecialFolders {

    /** What servers and mail programs call them that don't say. */
    private static final Map<String, List<String>> USUAL_NAMES = Map.of(
            "\\sent", List.of("sent", "sent items", "sent messages", "sent mail"),
            "\\junk", List.of("junk", "junk email", "junk e-mail", "spam", "bulk mail"));

    private SpecialFolders() {}

    /** The mailbox has no folder of that use, as one that never had spam. */
    static final class NoSuchFolder extends MessagingException {

        private static final long serialVersionUID = 1L;
    }

    /**
     * @param name of a folder, or a special use with its backslash
     * @throws NoSuchFolder if a special use is asked for that no folder has
     */
    static IMAPFolder folder(IMAPStore store, String name) throws MessagingException {
        if (!name.startsWith("\\")) {
            return (IMAPFolder) store.getFolder(name);
        }
        var folders = Arrays.stream(store.getDefaultFolder().list("*"))
                .map(IMAPFolder.class::cast)
                .toList();
        for (var folder : folders) {
            if (Arrays.stream(folder.getAttributes()).anyMatch(name::equalsIgnoreCase)) {
                return folder;
            }
        }
        var usual = USUAL_NAMES.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
        return folders.stream()
                .filter(folder -> usual.contains(folder.getName().toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(NoSuchFolder::new);
    }
}
