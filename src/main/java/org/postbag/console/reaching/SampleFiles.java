package org.postbag.console.reaching;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.postbag.receiving.Arrival;
import org.postbag.receiving.Channel;
import org.postbag.receiving.Profile;
import org.postbag.receiving.ProfileProblem;
import org.postbag.receiving.Profiles;
import org.postbag.receiving.SourceLook;
import org.postbag.receiving.exports.ExportPreview;
import org.postbag.receiving.exports.LetterPreview;
import org.springframework.stereotype.Component;

/** Cuts a file of a watched folder into the items that it would become: an export into rows, a batch of scans into letters. */
@Component
@org.springframework.context.annotation.Profile("!command")
final class SampleFiles {

    private final Profiles profiles;
    private final LetterPreview letters;

    SampleFiles(Profiles profiles, LetterPreview letters) {
        this.profiles = profiles;
        this.letters = letters;
    }

    /** Enough was seen. */
    private static final class Enough extends RuntimeException {

        private static final long serialVersionUID = 1;

        Enough() {
            super("enough", null, false, false);
        }
    }

    static boolean isCut(Channel channel) {
        return switch (channel) {
            case LETTER, TELEPHONE, SOCIAL_TOOL, PUBLIC_REGISTER -> true;
            case EMAIL, WEB_FORM, X, FACEBOOK, BY_HAND -> false;
        };
    }

    /**
     * Finds the items of a file, at most so many.
     *
     * @throws IOException if the file can't be read
     */
    void find(Channel channel, Map<String, String> values, Path file, int itemsMax, SourceLook look)
            throws IOException {
        var held = cut(channel, values, file, new Consumer<>() {
            private int items;

            @Override
            public void accept(Arrival arrival) {
                look.found(new SourceLook.Item(arrival));
                if (++items >= itemsMax) {
                    throw new Enough();
                }
            }
        });
        if (held.isPresent()) {
            look.found(new SourceLook.Misfit(String.valueOf(file.getFileName()), Files.size(file), held.get()));
        }
    }

    private Optional<String> cut(Channel channel, Map<String, String> values, Path file, Consumer<Arrival> each)
            throws IOException {
        try {
            if (channel == Channel.LETTER) {
                return letters.cut(file, Values.ROUTE, each);
            }
            return switch (profiles.named(values.getOrDefault("profile", ""))) {
                case Profile profile -> ExportPreview.cut(file, Values.ROUTE, profile, each);
                case ProfileProblem problem -> Optional.of(problem.problem());
            };
        } catch (Enough enough) {
            return Optional.empty();
        }
    }
}
