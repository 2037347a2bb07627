package org.postbag.console.reaching;

import org.jspecify.annotations.Nullable;

/**
 * A {@link WouldBe} as the API says it.
 *
 * @param would {@code enquiry}, {@code quarantine}, {@code held} or {@code nothing}
 */
public record WouldBeItem(
        String item,
        String would,
        String words,
        @Nullable String subject,
        @Nullable String from,
        @Nullable String textStart) {

    public static WouldBeItem of(WouldBe one) {
        var content = one instanceof WouldBe.Enquiry enquiry ? enquiry.content() : null;
        var would = switch (one) {
            case WouldBe.Enquiry _ -> "enquiry";
            case WouldBe.Quarantined _ -> "quarantine";
            case WouldBe.Held _ -> "held";
            case WouldBe.Nothing _ -> "nothing";
        };
        return new WouldBeItem(
                one.item(),
                would,
                one.words(),
                content == null ? null : content.subject(),
                content == null ? null : content.from(),
                content == null ? null : content.textStart());
    }
}
