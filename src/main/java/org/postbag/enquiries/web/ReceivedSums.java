package org.postbag.enquiries.web;

import java.util.ArrayList;
import java.util.List;
import org.postbag.receiving.ReconciliationLights.Light;
import org.postbag.staff.StaffTexts;
import org.springframework.stereotype.Component;

/** What came in by a channel and what became of it, in words: the template of the first page uses it as {@code @receivedSums}. */
@Component
class ReceivedSums {

    private final StaffTexts texts;

    ReceivedSums(StaffTexts texts) {
        this.texts = texts;
    }

    /** "48 received: 44 filed, 1 known already, 3 in quarantine". */
    public String said(Light light) {
        var parts = new ArrayList<String>();
        say(parts, light.filed(), "filed");
        say(parts, light.known(), "known");
        say(parts, light.waiting(), "waiting");
        say(parts, light.quarantined(), "quarantined");
        say(parts, light.discarded(), "discarded");
        say(parts, light.apart(), "nowhere");
        say(parts, -light.apart(), "never-received");
        say(parts, light.missing(), "missing");
        return texts.say("home.sum.received", light.received())
                + (parts.isEmpty() ? "" : ": " + String.join(", ", parts));
    }

    private void say(List<String> parts, long count, String what) {
        if (count > 0) {
            parts.add(texts.say("home.sum." + what, count));
        }
    }
}
