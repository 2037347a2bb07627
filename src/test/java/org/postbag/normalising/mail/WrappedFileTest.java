package org.postbag.normalising.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postbag.Mutation;
import org.postbag.normalising.Attachment;
import org.postbag.normalising.Message;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

/** Files that mail programs wrap messages in are opened by what their bytes say, so whatever is done to these bytes must end well. */
class WrappedFileTest {

    private static final Path ITEMS = Path.of("src/test/resources/items/email");
    private static final int FILES = 1_500;
    private static final long CPU_NANOS_MAX = 2_000_000_000;
    private static final long ALLOCATED_BYTES_MAX = 256L * 1024 * 1024;

    /** Apache POI tells of each damage at length. */
    @BeforeAll
    static void silenceLibrary() {
        LoggingSystem.get(WrappedFileTest.class.getClassLoader()).setLogLevel("org.apache.poi", LogLevel.OFF);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void aDamagedFileIsOpenedOrNotAndTakesLittleOfAnything(long seed) throws IOException {
        var random = new Random(seed);
        var files = wrappedFiles();
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int i = 0; i < FILES; i++) {
            var file = files.get(random.nextInt(files.size()));
            var content = Slice.of(Mutation.of(file.content(), random));
            long bytes = threads.getCurrentThreadAllocatedBytes();
            long nanos = threads.getCurrentThreadCpuTime();

            open(file, content, "%s, seed %d, file %d".formatted(file.name(), seed, i));

            assertThat(threads.getCurrentThreadCpuTime() - nanos)
                    .as("%s, seed %d, file %d", file.name(), seed, i)
                    .isLessThan(CPU_NANOS_MAX);
            assertThat(threads.getCurrentThreadAllocatedBytes() - bytes)
                    .as("%s, seed %d, file %d", file.name(), seed, i)
                    .isLessThan(ALLOCATED_BYTES_MAX);
        }
    }

    private static void open(Attachment file, Slice content, String which) {
        try {
            WrappedFile.open(FieldValue.of(file.type()), file.name(), content, new Damage());
        } catch (RuntimeException | StackOverflowError thrown) {
            throw new AssertionError("Opening failed on " + which, thrown);
        }
    }

    private static List<Attachment> wrappedFiles() throws IOException {
        var files = new ArrayList<Attachment>();
        for (var name : MailReaderTest.items()) {
            if (MailReaderTest.read(Files.readAllBytes(ITEMS.resolve(name))) instanceof Message message) {
                for (var file : message.attachments()) {
                    var opened = WrappedFile.open(
                            FieldValue.of(file.type()), file.name(), Slice.of(file.content()), new Damage());
                    // What swells is slow to damage so often, and has tests of its own.
                    if (opened != null && file.size() < 50_000) {
                        files.add(file);
                    }
                }
            }
        }
        assertThat(files).hasSizeGreaterThan(12);
        return files;
    }
}
