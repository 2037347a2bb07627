package org.postbag.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

    @TempDir
    private Path folder;

    @Test
    void oneProgramHoldsTheFolderAtATime() throws IOException {
        try (var first = DataFolder.hold(folder)) {
            assertThat(first.resolve("postgres")).isEqualTo(folder.resolve("postgres"));
            assertThatThrownBy(() -> DataFolder.hold(folder)).isInstanceOf(DataFolderInUse.class);
        }
    }

    @Test
    void theFolderIsFreeAgainWhenTheProgramEnds() throws IOException {
        DataFolder.hold(folder).close();

        try (var next = DataFolder.hold(folder)) {
            assertThat(next).isNotNull();
        }
    }
}
