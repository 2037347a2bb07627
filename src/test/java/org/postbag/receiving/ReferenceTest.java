package org.postbag.receiving;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ReferenceTest {

    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    @Test
    void everyWrongCharacterAndEverySwapIsCaught() {
        var random = new Random(7);
        for (int i = 0; i < 200; i++) {
            var reference = reference(random);
            var text = reference.value().replace("-", "");
            for (int at = 0; at < text.length(); at++) {
                for (char wrong : ALPHABET.toCharArray()) {
                    if (wrong != text.charAt(at)) {
                        assertThat(Reference.parse(text.substring(0, at) + wrong + text.substring(at + 1)))
                                .isEmpty();
                    }
                }
                for (int other = at + 1; other < text.length(); other++) {
                    if (text.charAt(at) != text.charAt(other)) {
                        var swapped = new StringBuilder(text);
                        swapped.setCharAt(at, text.charAt(other));
                        swapped.setCharAt(other, text.charAt(at));
                        assertThat(Reference.parse(swapped.toString()))
                                .as(text + " " + swapped)
                                .isEmpty();
                    }
                }
            }
        }
    }

    @Test
    void itIsReadInAnyWayOfWriting() {
        var random = new Random(8);
        for (int i = 0; i < 500; i++) {
            var reference = reference(random);
            var written = reference
                    .value()
                    .toLowerCase(java.util.Locale.ROOT)
                    .replace('0', 'o')
                    .replace('1', 'l');
            assertThat(Reference.parse(written)).contains(reference);
            assertThat(Reference.parse(" " + reference.value().replace("-", " ") + " "))
                    .contains(reference);
            assertThat(Reference.parse(reference.value().replace("-", ""))).contains(reference);
        }
        assertThat(Reference.parse("")).isEmpty();
        assertThat(Reference.parse("7K4M")).isEmpty();
        assertThat(Reference.parse("\uD83D\uDE00".repeat(6))).isEmpty();
    }

    @Test
    void idsInItsRangeAreThoseThatHaveIt() {
        var random = new Random(9);
        for (int i = 0; i < 500; i++) {
            var reference = reference(random);
            var from = reference.idsFrom();
            var before = reference.idsBefore();
            assertThat(new ReceiptId(from + "0".repeat(48)).reference()).isEqualTo(reference);
            var last = "%016x".formatted(Long.parseUnsignedLong(before, 16) - 1) + "f".repeat(48);
            assertThat(new ReceiptId(last).reference()).isEqualTo(reference);
            assertThat(new ReceiptId(before + "0".repeat(48)).reference()).isNotEqualTo(reference);
        }
        var lastOfAll = new ReceiptId("f".repeat(64));
        assertThat(lastOfAll.reference().idsFrom()).isLessThan(lastOfAll.hex());
        assertThat(lastOfAll.reference().idsBefore()).isGreaterThan(lastOfAll.hex());
    }

    private static Reference reference(Random random) {
        var id = new StringBuilder();
        for (int i = 0; i < 64; i++) {
            id.append("0123456789abcdef".charAt(random.nextInt(16)));
        }
        return new ReceiptId(id.toString()).reference();
    }
}
