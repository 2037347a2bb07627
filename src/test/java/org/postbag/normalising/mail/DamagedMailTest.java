package org.postbag.normalising.mail;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postbag.Mutation;
import org.postbag.extracting.FileReading;
import org.postbag.extracting.FileText;
import org.postbag.normalising.AttachmentText;
import org.postbag.normalising.Message;
import org.postbag.normalising.Reading;

/** Whatever happens to a mail on its way, what somebody wrote in it comes out, or the mail says that it is damaged. */
class DamagedMailTest {

    private static final Path ITEMS = Path.of("src/test/resources/items/email");
    private static final Pattern HEADER_OF_TEXT = Pattern.compile("(?is)content-type:\\s*text/plain.*?\\r?\\n\\r?\\n");
    private static final int MAILS = 500;

    /** In thousandths. Angus Mail and mime4j lose 150 to 170 of such words. */
    private static final int LOST_SHARE_MAX = 20;

    private static final int QUARANTINE_SHARE_MAX = 10;
    private static final long CPU_NANOS_MAX = 2_000_000_000;
    private static final long ALLOCATED_BYTES_MAX = 256L * 1024 * 1024;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whatWasWrittenComesOutOrTheLossIsSaid(long seed) throws IOException {
        var random = new Random(seed);
        var items = items();
        int lost = 0;
        int quarantined = 0;
        for (int i = 0; i < MAILS; i++) {
            var marker = "marker" + random.nextInt(1_000_000, 10_000_000);
            var whole = marked(items.get(random.nextInt(items.size())), marker);
            var damaged = Mutation.sparing(whole, marker, random);

            var reading = readWithinLimits(damaged, "seed %d, mail %d".formatted(seed, i));

            if (!(reading instanceof Message message)) {
                quarantined++;
            } else if (!shows(message, marker)) {
                lost++;
                assertThat(message.damaged())
                        .as("seed %d, mail %d, whose marker is lost:%n%s", seed, i, new String(damaged, ISO_8859_1))
                        .isNotEmpty();
            }
        }
        assertThat(lost * 1_000).isLessThanOrEqualTo(LOST_SHARE_MAX * MAILS);
        assertThat(quarantined * 1_000).isLessThanOrEqualTo(QUARANTINE_SHARE_MAX * MAILS);
    }

    private static Reading readWithinLimits(byte[] content, String which) {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long bytes = threads.getCurrentThreadAllocatedBytes();
        long nanos = threads.getCurrentThreadCpuTime();
        var reading = MailReaderTest.read(content);
        assertThat(threads.getCurrentThreadCpuTime() - nanos).as(which).isLessThan(CPU_NANOS_MAX);
        assertThat(threads.getCurrentThreadAllocatedBytes() - bytes).as(which).isLessThan(ALLOCATED_BYTES_MAX);
        return reading;
    }

    /** The items in whose text a word can be put that comes out while they are not damaged further. */
    private static List<String> items() throws IOException {
        var items = new ArrayList<String>();
        for (var name : MailReaderTest.items()) {
            var item = Files.readString(ITEMS.resolve(name), ISO_8859_1);
            boolean marked = HEADER_OF_TEXT.matcher(item).find();
            if (marked
                    && MailReaderTest.read(marked(item, "themarker")) instanceof Message message
                    && shows(message, "themarker")) {
                items.add(item);
            }
        }
        assertThat(items).hasSizeGreaterThan(40);
        return items;
    }

    private static byte[] marked(String item, String marker) {
        var header = HEADER_OF_TEXT.matcher(item);
        assertThat(header.find()).isTrue();
        return (item.substring(0, header.end()) + marker + "\r\n" + item.substring(header.end())).getBytes(ISO_8859_1);
    }

    private static boolean shows(Message message, String marker) {
        return message.text().contains(marker)
                || message.attachments().stream()
                        .anyMatch(a -> AttachmentText.of(a, FileReading.NONE) instanceof FileText.Read read
                                && read.text().contains(marker));
    }
}
