package org.postbag.extracting;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** A letter as somebody might have typed it: the same for the same seed. */
public record MadeUpLetter(String name, String postcode, String date, List<String> lines) {

    private static final String[] GIVEN =
            "Margaret Owen Priya Thomas Eleanor Rhys Aisha Gordon Siobhan Hamish Beatrice Kofi Joan Dafydd Ruth Ibrahim"
                    .split(" ");
    private static final String[] FAMILY =
            "Hughes Llewellyn Patel O'Connor Blackwood Achterberg MacDonald Okafor Whitfield Pritchard Nightingale Rahman Singh"
                    .split(" ");
    private static final String[] STREETS =
            "Station Road|Mill Lane|High Street|Orchard Close|Heol y Bryn|Queen's Crescent|Victoria Terrace|Church Walk"
                    .split("\\|");
    private static final String[] TOWNS =
            "Swansea,SA1 3SN|Leeds,LS2 8JS|Glasgow,G2 4PL|Belfast,BT1 5GS|Norwich,NR1 3JU|Cardiff,CF10 1EP|Exeter,EX4 3RA|Hull,HU1 2AA"
                    .split("\\|");
    private static final String[] MONTHS =
            "January February March April May June July August September October November December".split(" ");
    private static final String[] SENTENCES = {
        "I am writing to ask how my details came to be left off the electoral register.",
        "My neighbour received a polling card on 14 April, but nothing has reached this address.",
        "The donation of £7,500 was reported late, and I would like to know what the penalty will be.",
        "At the last by-election the polling station on the corner could not be reached with a wheelchair.",
        "Please send me the form for a postal vote, as I shall be abroad from 3 May until 26 June 2026.",
        "Our association spent £1,284.60 on leaflets and wonders whether this counts as campaign spending.",
        "I enclose copies of both letters together with the receipt that your office asked for.",
        "Nobody at the council was able to tell me who is responsible for the boundary review.",
        "The leaflet that came through my door carried no imprint, so there was no way of knowing who had printed it.",
        "Would you kindly confirm that photographic identification is needed even by those who are over ninety?",
        "I telephoned your helpline twice last week and was told to put my question in writing.",
        "It seems wrong that a party may use a description so close to the name of another.",
        "If a candidate withdraws after nominations have closed, does the ballot paper have to be printed again?",
        "My late husband is still shown on the register although I returned the enquiry form in October.",
        "We should be grateful for guidance on how volunteers' travel costs ought to be declared.",
        "Thank you for your reply of the 9th, which answered the first of my three questions.",
        "The presiding officer was most helpful and I wish to put on record how well the day was run.",
        "Could you explain why the accounts for 2024 have not yet been published on your website?",
        "I do not own a computer and would therefore ask that you answer me by post.",
        "Several students in our building were registered twice, once at home and once here.",
    };

    /** @param columns how many characters a line has */
    public static MadeUpLetter of(Random random, int columns) {
        var name = pick(random, GIVEN) + " " + pick(random, FAMILY);
        var town = pick(random, TOWNS).split(",");
        var date = (1 + random.nextInt(28)) + " " + pick(random, MONTHS) + " 2026";
        var lines = new ArrayList<String>();
        lines.addAll(List.of(name, (1 + random.nextInt(180)) + " " + pick(random, STREETS), town[0], town[1], ""));
        lines.addAll(List.of(date, "", "Dear Sir or Madam,", ""));
        var order = new ArrayList<>(Arrays.asList(SENTENCES));
        Collections.shuffle(order, random);
        int next = 0;
        for (int paragraph = 0; paragraph < 3; paragraph++) {
            int sentences = 2 + random.nextInt(3);
            wrap(String.join(" ", order.subList(next, next + sentences)), columns, lines);
            next += sentences;
            lines.add("");
        }
        lines.addAll(List.of("Yours faithfully,", "", name));
        return new MadeUpLetter(name, town[1], date, List.copyOf(lines));
    }

    public String text() {
        return String.join("\n", lines);
    }

    private static void wrap(String text, int columns, List<String> lines) {
        var line = new StringBuilder();
        for (var word : text.split(" ")) {
            if (line.length() + 1 + word.length() > columns) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
    }

    private static String pick(Random random, String[] from) {
        return from[random.nextInt(from.length)];
    }
}
