package org.postbag.console.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.postbag.console.changing.CarriedOut;
import org.postbag.console.changing.Changeable;
import org.postbag.console.changing.Finding;
import org.postbag.console.changing.Finding.Stage;
import org.postbag.receiving.ProfileProblem;
import org.postbag.receiving.Profiles;
import org.postbag.receiving.TextsInForce;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** The profiles of exports, as things that are changed in the console. */
@Component
@Profile("!command")
class ProfileKind implements Changeable {

    static final String KIND = TextsInForce.PROFILE;

    private static final Pattern LINE = Pattern.compile(" line ([0-9]{1,6}): ");

    private final Profiles profiles;
    private final RouteUses uses;

    ProfileKind(Profiles profiles, RouteUses uses) {
        this.profiles = profiles;
        this.uses = uses;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String label() {
        return "profile";
    }

    @Override
    public List<String> names() {
        return List.copyOf(profiles.fileNames());
    }

    @Override
    public Optional<String> fileText(String name) {
        return profiles.fileText(name);
    }

    @Override
    public List<Finding> check(String name, String text) {
        return switch (Profiles.parse(name, "The profile", text)) {
            case ProfileProblem(var problem) -> List.of(stop(problem));
            case org.postbag.receiving.Profile profile -> notes(name, text, profile);
        };
    }

    /** With the line that the problem names, if it does. */
    static Finding stop(String problem) {
        var line = LINE.matcher(problem);
        return line.find()
                ? Finding.stop(Stage.READING, problem.substring(line.end()), Integer.parseInt(line.group(1)), 1)
                : Finding.stop(Stage.READING, problem);
    }

    private List<Finding> notes(String name, String text, org.postbag.receiving.Profile profile) {
        var findings = new ArrayList<Finding>();
        var routes = uses.of(name);
        findings.add(Finding.note(
                Stage.READING,
                routes.isEmpty()
                        ? "No route uses it yet."
                        : "Used by " + String.join(", ", routes)
                                + ": rows that are read from then on are read by it."));
        var before = profiles.text(name).flatMap(WrittenProfile::of).orElse(WrittenProfile.EMPTY);
        var after = WrittenProfile.of(text).orElse(WrittenProfile.EMPTY);
        var gone = new TreeSet<>(before.columns().keySet());
        gone.removeAll(after.columns().keySet());
        if (!gone.isEmpty()) {
            findings.add(Finding.note(
                    Stage.READING,
                    "No longer read: "
                            + String.join(", ", gone.stream().map(Fields::label).toList())
                            + ". What stands there is kept with each row, but nothing uses it."));
        }
        var channel = before.word(WrittenProfile.CHANNEL, "telephone");
        if (!before.columns().isEmpty() && !channel.equals(profile.channel().code())) {
            findings.add(
                    routes.isEmpty()
                            ? Finding.note(Stage.READING, "Its channel was " + channel + ".")
                            : Finding.stop(
                                    Stage.READING,
                                    "Its channel was %s, and %s takes such files in. Make a new profile for another channel."
                                            .formatted(channel, String.join(", ", routes))));
        }
        return findings;
    }

    /** Whoever reads rows asks for what is in force, so nothing is to be done but to see that it can be read. */
    @Override
    public CarriedOut carryOut(String name, String text) {
        return switch (Profiles.parse(name, "The profile", text)) {
            case ProfileProblem(var problem) -> new CarriedOut.LeftAsItWas(problem);
            case org.postbag.receiving.Profile _ -> new CarriedOut.InForce();
        };
    }

    /** A profile without a file and without a version in force isn't there any more; but none goes that a route reads by. */
    @Override
    public CarriedOut retire(String name) {
        var routes = uses.of(name);
        return routes.isEmpty()
                ? new CarriedOut.InForce()
                : new CarriedOut.LeftAsItWas("It is used by " + String.join(", ", routes) + ".");
    }

    @Override
    public String editPath(String name) {
        return ProfilePages.PATH + "/" + name + "/change";
    }
}
