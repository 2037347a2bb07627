package org.postbag.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who starts the jar on an older Java than it is built for is handed over to a newer one on the machine. */
class StartOnOlderJavaTest {

    private static final int CLASS_FILES_OF_JAVA_17 = 61;

    @TempDir
    private Path place;

    @Test
    void theOldestThatIsNewEnoughIsFound() throws IOException {
        java("a-26", "JAVA_VERSION=\"26.0.1\"");
        java("b-17", "JAVA_VERSION=\"17.0.2\"");
        var wanted = java("c-25", "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"25.0.3\"\n");
        java("d-broken", "JAVA_VERSION=\"25");
        Files.createDirectories(place.resolve("e-empty"));
        Files.writeString(place.resolve("file"), "no folder");

        assertThat(Start.newer(List.of(place.resolve("none"), place))).contains(wanted);
    }

    @Test
    void oneInABundleOfMacOsIsFound() throws IOException {
        var wanted = java("jdk-25.jdk/Contents/Home", "JAVA_VERSION=\"25\"");

        assertThat(Start.newer(List.of(place))).contains(wanted);
    }

    @Test
    void whereThereIsNoneNoneIsFound() throws IOException {
        java("b-17", "JAVA_VERSION=\"17.0.2\"");

        assertThat(Start.newer(List.of(place))).isEmpty();
    }

    @Test
    void anOlderJavaCanReadIt() throws IOException {
        try (var in = new DataInputStream(
                Objects.requireNonNull(Start.class.getResourceAsStream("/org/postbag/cli/Start.class")))) {
            in.readInt();
            in.readUnsignedShort();
            assertThat(in.readUnsignedShort()).isEqualTo(CLASS_FILES_OF_JAVA_17);
        }
    }

    private Path java(String home, String release) throws IOException {
        var java = place.resolve(home).resolve("bin/java");
        Files.createDirectories(Objects.requireNonNull(java.getParent()));
        Files.createFile(java);
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Files.writeString(place.resolve(home).resolve("release"), release);
        return java;
    }
}
