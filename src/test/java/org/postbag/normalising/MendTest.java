package org.postbag.normalising;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Instant;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.postbag.receiving.Channel;
import org.postbag.receiving.Direction;
import org.postbag.receiving.ExportRow;
import org.postbag.receiving.Profiles;
import org.postbag.receiving.Receipt;
import org.postbag.receiving.ReceiptId;

/** What staff set right of an item, as the program's own readers apply it. */
class MendTest {

    private static final Charset CYRILLIC = Charset.forName("windows-1251");
    private static final String TEXT = "Когда открываются участки? Ё";

    private final Readers readers = new Readers(new Profiles(Path.of("profiles")));

    private static Receipt receipt(Channel channel, @Nullable String profile) {
        return new Receipt(
                new ReceiptId("0123456789abcdef".repeat(4)),
                channel,
                Direction.INBOUND,
                "test",
                Instant.parse("2026-03-03T16:05:00Z"),
                1,
                null,
                profile,
                null,
                null);
    }

    private static byte[] mail(String declared) {
        var head = "From: Nia <nia@example.org>\r\nSubject: Hello\r\nContent-Type: text/plain; charset=" + declared
                + "\r\nContent-Transfer-Encoding: 8bit\r\n\r\n";
        var bytes = new java.io.ByteArrayOutputStream();
        bytes.writeBytes(head.getBytes(UTF_8));
        bytes.writeBytes(TEXT.getBytes(CYRILLIC));
        return bytes.toByteArray();
    }

    @Test
    void theCharsetThatStaffSetHoldsWhateverTheMailSays() {
        var mended = (Message)
                readers.normalise(receipt(Channel.EMAIL, null), mail("iso-8859-7"), new Mend(CYRILLIC, null, null));

        assertThat(mended.text().strip()).isEqualTo(TEXT);
        assertThat(mended.damaged()).anySatisfy(note -> assertThat(note).contains("set by staff", "windows-1251"));
        var asItCame = (Message) readers.normalise(receipt(Channel.EMAIL, null), mail("iso-8859-7"));
        assertThat(asItCame.text().strip()).isNotEqualTo(TEXT);
    }

    @Test
    void theSenderThatStaffSetTakesThePlaceOfTheOneThatIsSaid() {
        var sender = new Sender(
                "Nia Rees", EmailAddress.parse("nia.rees@example.org").orElseThrow(), null, null, null);

        var mended = (Message)
                readers.normalise(receipt(Channel.EMAIL, null), mail("windows-1251"), new Mend(null, null, sender));

        assertThat(mended.sender()).isEqualTo(sender);
        assertThat(mended.answerTo())
                .as("no program answers whom people had to name")
                .isNull();
        assertThat(mended.damaged()).contains(Mend.SENDER_SET);
        assertThat(mended.text().strip()).isEqualTo(TEXT);
    }

    @Test
    void aRowIsReadByTheProfileThatStaffSet() {
        var cells = new TreeMap<String, String>();
        cells.put("x", "1");
        var row = new ExportRow.Whole(cells).json();
        var none = receipt(Channel.TELEPHONE, "no-such-profile");

        var asItCame = readers.normalise(none, row);
        var mended = readers.normalise(none, row, new Mend(null, "contact-centre", null));

        assertThat(asItCame)
                .isInstanceOfSatisfying(
                        Unreadable.class, no -> assertThat(no.code()).isEqualTo("no-profile"));
        assertThat(mended)
                .isInstanceOfSatisfying(
                        Unreadable.class, no -> assertThat(no.code()).isEqualTo("no-date"));
    }

    @Test
    void whatCantBeReadStaysSoWhoeverSentIt() {
        var sender = new Sender("Nia Rees", null, null, null, null);

        assertThat(readers.normalise(receipt(Channel.EMAIL, null), new byte[0], new Mend(CYRILLIC, null, sender)))
                .isInstanceOf(Unreadable.class);
    }
}
