package org.postbag.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postbag.search.Query.Order;

class AfterTest {

    @ParameterizedTest
    @EnumSource(Order.class)
    void isReadAsItWasWritten(Order order) {
        var after = new After(order, Long.MIN_VALUE + 1, 7, -9);

        assertThat(After.parse(after.toString())).contains(after);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "AAAA", "!!!!", "../../etc/passwd", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void nothingElseIsOne(String text) {
        assertThat(After.parse(text)).isEmpty();
        assertThat(After.parse(null)).isEmpty();
        assertThat(After.parse("A".repeat(100_000))).isEmpty();
    }

    @Test
    void aDamagedOneIsNone() {
        var text = new After(Order.NEWEST, 1, 2, 3).toString();

        assertThat(After.parse("B" + text.substring(1))).isEmpty();
        assertThat(After.parse(text.substring(1))).isEmpty();
    }

    @Test
    void doesNotGoWithAnotherOrder() {
        var after = new After(Order.NEWEST, 1, 2, 3);

        assertThatThrownBy(() -> Query.of("x").withOrder(Order.BEST).withAfter(after))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
