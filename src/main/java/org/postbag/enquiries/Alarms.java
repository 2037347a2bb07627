package org.postbag.enquiries;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Words that staff may find urgent. It only suggests: a person decides. Whoever reads it first finds more than words do, and words find what they are too late for. */
public final class Alarms {

    private static final int READ_LENGTH_MAX = 50_000;

    private static final Pattern THREAT = words(
            "kill (?:you|him|her|them|someone|everyone)|shoot (?:you|him|her|them|up)|stab|bomb|blow (?:it|you|this|the \\w+) up|burn (?:it|you|your \\w+|the \\w+) down"
                    + "|know where (?:you|he|she|they) lives?|come (?:after|for) you|hurt (?:you|someone)|make (?:you|them) pay|threaten(?:ed|ing|s)?|threats?|attack(?:ed)?");

    private static final Pattern RISK_TO_LIFE = words(
            "suicid(?:e|al)|kill(?:ing)? myself|end (?:it all|my life)|want to die|self[- ]harm(?:ing)?|overdose|in danger|not safe at home|afraid for my life");

    private static final Pattern POLLING_DAY = words(
            "(?:at|outside) (?:the|my|our) polling (?:station|place)|turned away|not allowed to vote|could ?n[o’']t vote|cannot vote|can[’']t vote|polling (?:station|place) (?:is|was) (?:closed|locked|shut)"
                    + "|ballot papers? (?:ran out|missing)|intimidat(?:ed|ion|ing)");

    private Alarms() {}

    private static Pattern words(String either) {
        return Pattern.compile(
                "(?<![\\p{L}\\p{N}])(?:" + either + ")(?![\\p{L}\\p{N}])",
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    /** What it may be that makes it urgent, in words such as "a threat"; empty for nothing. */
    public static List<String> urgent(String text) {
        var read = beginning(text);
        var found = new ArrayList<String>();
        if (THREAT.matcher(read).find()) {
            found.add("a threat");
        }
        if (RISK_TO_LIFE.matcher(read).find()) {
            found.add("a risk to life");
        }
        if (POLLING_DAY.matcher(read).find()) {
            found.add("a matter of polling day");
        }
        return List.copyOf(found);
    }

    private static String beginning(String text) {
        return text.length() <= READ_LENGTH_MAX ? text : text.substring(0, READ_LENGTH_MAX);
    }
}
