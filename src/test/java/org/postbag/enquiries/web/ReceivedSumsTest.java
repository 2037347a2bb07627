package org.postbag.enquiries.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.postbag.receiving.Channel;
import org.postbag.receiving.ReconciliationLights.Light;
import org.postbag.receiving.ReconciliationLights.State;
import org.postbag.staff.EnglishTexts;

class ReceivedSumsTest {

    private final ReceivedSums sums = new ReceivedSums(EnglishTexts.texts());

    @Test
    void whatBecameOfItIsSaidInWords() {
        assertThat(sums.said(new Light(Channel.EMAIL, State.GOOD, 1_510, 1_509, 1, 0, 0, 0, 0)))
                .isEqualTo("1,510 received: 1,509 filed, 1 known already");
        assertThat(sums.said(new Light(Channel.EMAIL, State.TO_DO, 10, 5, 0, 2, 1, 2, 0)))
                .isEqualTo("10 received: 5 filed, 2 waiting to be filed, 2 in quarantine, 1 discarded");
        assertThat(sums.said(new Light(Channel.X, State.GOOD, 0, 0, 0, 0, 0, 0, 0)))
                .isEqualTo("0 received");
    }

    @Test
    void whatIsMissingIsSaidToo() {
        assertThat(sums.said(new Light(Channel.LETTER, State.BAD, 5, 5, 0, 0, 0, 0, 1)))
                .isEqualTo("5 received: 5 filed, 1 raw file missing");
        assertThat(sums.said(new Light(Channel.LETTER, State.BAD, 5, 5, 0, 0, 0, 0, 2)))
                .isEqualTo("5 received: 5 filed, 2 raw files missing");
        assertThat(sums.said(new Light(Channel.X, State.BAD, 5, 4, 0, 0, 0, 0, 0)))
                .isEqualTo("5 received: 4 filed, 1 nowhere in the record");
        assertThat(sums.said(new Light(Channel.X, State.BAD, 4, 5, 0, 0, 0, 0, 0)))
                .isEqualTo("4 received: 5 filed, 1 in the record and never received");
    }
}
