package org.postbag.staff;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What staff give as a reason. */
class ReasonTest {

    private static final String ASK = "Enter why it is discarded";

    @Test
    void whatWasTypedIsKeptWithoutTheSpaceAroundIt() {
        assertThat(Reason.read(" It came twice.\r\nSee the first. ", ASK))
                .isEqualTo(new Reason("It came twice.\r\nSee the first.", null));
        assertThat(Reason.read("a".repeat(Reason.LENGTH_MAX), ASK).wrong()).isNull();
    }

    @Test
    void aReasonThatIsNeededIsAskedForInThePagesWords() {
        var asked = new PageError("reason", ASK);
        assertThat(Reason.read(null, ASK).wrong()).isEqualTo(asked);
        assertThat(Reason.read(" \n ", ASK).wrong()).isEqualTo(asked);
    }

    @Test
    void oneThatMayBeLeftOutIsNothingThen() {
        assertThat(Reason.optional(" ")).isEqualTo(new Reason("", null));
        assertThat(Reason.optional(null).orNull()).isNull();
        assertThat(Reason.optional(" spam ").orNull()).isEqualTo("spam");
    }

    @Test
    void whatIsTooLongIsRefusedWhetherOrNotItIsNeeded() {
        var typed = "a".repeat(Reason.LENGTH_MAX + 1);
        var refused = new PageError("reason", "The reason must be 500 characters or fewer");
        assertThat(Reason.read(typed, ASK)).isEqualTo(new Reason(typed, refused));
        assertThat(Reason.optional(typed).wrong()).isEqualTo(refused);
    }

    @Test
    void whatNoDatabaseHoldsIsReplaced() {
        assertThat(Reason.read("a\0b \uD83D 👍", ASK).text()).isEqualTo("a\uFFFDb \uFFFD 👍");
    }
}
