package org.postbag.receiving.exports;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postbag.receiving.Channel;
import org.postbag.receiving.Profile;

/** The day on which a public list was seen, where its rows don't say it. */
final class ListDay {

    private static final Pattern IN_A_NAME = Pattern.compile("(?<![0-9])[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])");

    private ListDay() {}

    /**
     * The first ISO date in the file's name, else the day on which it came; null where the rows are of another channel.
     *
     * @param came null where that is when the file was last written
     */
    static @Nullable LocalDate of(Path file, Profile profile, @Nullable Instant came) throws IOException {
        if (profile.channel() != Channel.PUBLIC_REGISTER) {
            return null;
        }
        var written = IN_A_NAME.matcher(String.valueOf(file.getFileName()));
        while (written.find()) {
            try {
                return LocalDate.parse(written.group());
            } catch (DateTimeException noDay) {
                // Digits that look like a date, such as 2026-13-45.
            }
        }
        var moment = came == null ? Files.getLastModifiedTime(file).toInstant() : came;
        return moment.atZone(profile.zone()).toLocalDate();
    }
}
