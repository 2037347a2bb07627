package org.postbag.receiving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postbag.receiving.Profile.Field;

/** What the console puts in force holds over a file, and is known for every item that came after. */
class ProfilesInForceTest {

    private static final String FROM_CONSOLE = "timeZone: UTC\ncolumns: {when: New}\n";

    @TempDir
    private Path folder;

    private final Map<String, TextsInForce.Text> console = new HashMap<>();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-03T09:00:00Z"));
    private int asked;
    private boolean away;
    private Profiles profiles;

    @BeforeEach
    void aFile() throws IOException {
        Files.writeString(folder.resolve("calls.yaml"), "timeZone: UTC\ncolumns: {when: Old}\n");
        InstantSource source = now::get;
        profiles = new Profiles(
                folder,
                new TextsInForce() {
                    @Override
                    public Map<String, Text> all(String kind) {
                        asked++;
                        if (away) {
                            throw new UncheckedIOException(new IOException("away"));
                        }
                        return Map.copyOf(console);
                    }

                    @Override
                    public List<String> earlier(String kind, String name, int limit) {
                        return List.of();
                    }
                },
                source.withZone(ZoneOffset.UTC));
    }

    private static String when(ProfileLookup lookup) {
        return lookup instanceof Profile profile
                ? profile.columns().getOrDefault(Field.WHEN, List.of()).getFirst()
                : lookup.toString();
    }

    @Test
    void theFileHoldsUntilTheConsolePutsAnotherInForce() {
        assertThat(when(profiles.named("calls"))).isEqualTo("Old");

        console.put("calls", new TextsInForce.Text(1, FROM_CONSOLE));

        assertThat(when(profiles.refresh("calls"))).isEqualTo("New");
        assertThat(when(profiles.named("calls"))).isEqualTo("New");
        assertThat(profiles.text("calls")).contains(FROM_CONSOLE);
        assertThat(profiles.fileText("calls"))
                .hasValueSatisfying(text -> assertThat(text).contains("Old"));
        console.clear();
        assertThat(when(profiles.refresh("calls"))).isEqualTo("Old");
    }

    @Test
    void anItemIsReadByWhatWasInForceWhenItCame() {
        assertThat(when(profiles.named("calls", now.get()))).isEqualTo("Old");
        int before = asked;
        // Another node puts it in force, takes a file by it, and this one files the rows.
        now.set(now.get().plusSeconds(10));
        console.put("calls", new TextsInForce.Text(1, FROM_CONSOLE));
        var came = now.get();
        now.set(now.get().plusMillis(5));

        assertThat(when(profiles.named("calls", came))).isEqualTo("New");
        assertThat(when(profiles.named("calls", came))).isEqualTo("New");
        assertThat(asked).isEqualTo(before + 1);
    }

    @Test
    void whereTheConsoleCanNotBeAskedNoItemIsReadByAnOldProfile() {
        profiles.named("calls");
        away = true;

        assertThat(when(profiles.named("calls"))).isEqualTo("Old");
        assertThatThrownBy(() -> profiles.named("calls", now.get().plusSeconds(1)))
                .isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void aProfileMayComeFromTheConsoleAlone() {
        console.put("made-here", new TextsInForce.Text(1, FROM_CONSOLE));

        assertThat(profiles.names()).containsExactly("calls", "made-here");
        assertThat(profiles.fileNames()).containsExactly("calls");
        assertThat(when(profiles.named("made-here"))).isEqualTo("New");
        assertThat(profiles.named("nowhere")).isInstanceOf(ProfileProblem.class);
    }
}
