package org.postbag.enquiries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postbag.enquiries.TestItems.START;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postbag.enquiries.TestItems.Spec;
import org.postbag.normalising.Automatic;
import org.postbag.normalising.Claim;
import org.postbag.receiving.Channel;
import org.postbag.receiving.Receipt;

/**
 * Contacts, their names, identifiers, clocks and reviews come out the same in whatever order and in whatever batches items are filed: a few people who
 * meet on the same addresses and numbers, with names that are missing, only claimed, or not whole.
 */
class ContactOrderTest {

    private static final int ITEMS = 120;

    private static final String[] NAMES = {
        "Jane Doe",
        "Mrs Jane Doe",
        "John Doe",
        "J Doe",
        "Doe",
        "J\u0430ne Doe",
        "jane@example.org",
        "01792 496000",
        "Unknown",
        "Li Wei",
        ""
    };

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void anyOrderEndsTheSame(long seed) {
        assertThat(filed(seed, true)).as("seed %s", seed).isEqualTo(filed(seed, false));
    }

    /** @param inOrder one by one as they came; else backwards or shuffled, in batches */
    private static String filed(long seed, boolean inOrder) {
        try (var rig = new FilingRig()) {
            var random = new Random(seed);
            var receipts = new ArrayList<Receipt>();
            for (int i = 0; i < ITEMS; i++) {
                receipts.add(rig.items.item("item" + i, spec(random)));
            }
            if (inOrder) {
                receipts.forEach(receipt -> rig.filer().file(List.of(receipt)));
            } else {
                if (seed % 2 == 0) {
                    Collections.reverse(receipts);
                } else {
                    Collections.shuffle(receipts, random);
                }
                for (int from = 0; from < ITEMS; ) {
                    int to = Math.min(ITEMS, from + 1 + random.nextInt(9));
                    rig.filer().file(receipts.subList(from, to));
                    from = to;
                }
            }
            // What we sent before anybody was there for it.
            rig.filer().fileFitting(ITEMS);
            return Record.of(rig.sql());
        }
    }

    private static Spec spec(Random random) {
        // Few moments, so that some items come at the same one.
        var at = START.plusSeconds(random.nextInt(40));
        var name = NAMES[random.nextInt(NAMES.length)];
        var email = random.nextInt(8) == 0 ? "no-reply@shop.example" : "p" + random.nextInt(6) + "@example.org";
        var number = "0179249600" + random.nextInt(4);
        var spec = switch (random.nextInt(5)) {
            case 0 -> Spec.of(Channel.TELEPHONE, at).from(name, null, number);
            case 1 ->
                Spec.of(Channel.WEB_FORM, at)
                        .from(name, email, null)
                        .claiming(new Claim(Claim.Kind.NAME, name), new Claim(Claim.Kind.TELEPHONE, number));
            case 2 ->
                Spec.of(Channel.WEB_FORM, at)
                        .from(name, null, number)
                        .claiming(new Claim(Claim.Kind.NAME, name), new Claim(Claim.Kind.EMAIL, email));
            case 3 -> Spec.of(Channel.EMAIL, at).outboundTo("no-reply@shop.example", email);
            default ->
                Spec.of(Channel.EMAIL, at)
                        .from(random.nextBoolean() ? null : name, email, null)
                        .claiming(new Claim(Claim.Kind.EMAIL, "p" + random.nextInt(6) + "@example.org"));
        };
        return random.nextInt(6) == 0 ? spec.automatic(Automatic.BOUNCE) : spec;
    }
}
