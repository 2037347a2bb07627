package org.postbag.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postbag.receiving.Channel;
import org.postbag.receiving.Profile;
import org.postbag.receiving.ProfileProblem;
import org.postbag.receiving.Profiles;

/** The profiles that may read an export: the one that was named, or all of the channel. */
final class ChosenProfiles {

    private static final String SETTING = "--postbag.profiles=";
    private static final String ENDING = ".yaml";

    private ChosenProfiles() {}

    /** Where profiles are. */
    static Path folder(List<String> settings) throws UsageProblem {
        return Paths.path(settings.stream()
                .filter(setting -> setting.startsWith(SETTING))
                .map(setting -> setting.substring(SETTING.length()))
                .reduce("profiles", (_, last) -> last));
    }

    /** @return at least one; those without a header last */
    static List<Profile> of(Channel channel, Path folder, @Nullable String name) throws UsageProblem {
        var known = new Profiles(folder);
        if (name != null) {
            return switch (known.named(name)) {
                case Profile profile -> List.of(profile);
                case ProfileProblem problem -> throw new UsageProblem(problem.problem());
            };
        }
        var found = new ArrayList<Profile>();
        for (var one : names(folder)) {
            switch (known.named(one)) {
                case Profile profile when profile.channel() == channel -> found.add(profile);
                case Profile _ -> {}
                case ProfileProblem problem -> throw new UsageProblem(problem.problem());
            }
        }
        if (found.isEmpty()) {
            throw new UsageProblem(
                    "the folder \"%s\" holds no profile of the channel %s".formatted(folder, channel.code()));
        }
        // What has no header fits more than what has one.
        found.sort(Comparator.comparing((Profile profile) -> !profile.headings().isEmpty()));
        return found;
    }

    private static List<String> names(Path folder) throws UsageProblem {
        try (var files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(ENDING))
                    .map(name -> name.substring(0, name.length() - ENDING.length()))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UsageProblem(
                    "the folder \"%s\" with the profiles is not there; name it by --postbag.profiles=FOLDER"
                            .formatted(folder));
        }
    }
}
