package org.postbag.contacts.matching;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Each text once, whatever its letters. */
class TextPoolTest {

    @Test
    void textsHaveNumbersInTheOrderInWhichTheyCame() {
        var pool = new TextPool();
        var random = new Random(1);
        var expected = new HashMap<String, Integer>();
        for (int i = 0; i < 50_000; i++) {
            var text = random.nextInt(3) + "é王🙂".substring(0, random.nextInt(3)) + random.nextInt(9_000);
            expected.putIfAbsent(text, expected.size());
            assertThat(pool.number(text)).isEqualTo(expected.get(text));
        }
        pool.close();

        assertThat(pool.size()).isEqualTo(expected.size());
        expected.forEach((text, number) -> assertThat(pool.text(number)).isEqualTo(text));
    }
}
